import { createHash } from 'node:crypto';
import type { System } from '../errors.ts';
import type { CacheKey, Tag } from './store.ts';

/** What is kept of one type of entity. */
export interface CacheKind {
  source: System;
  /** In camel case, as in `customer`. */
  entityType: string;
  /** What was asked of the vendor: the same entity with other fields or arguments is another entry. */
  fields: readonly string[];
  /** Further tags that make its entries void, such as `anyOf` a type that a list is made from. @default none */
  alsoOf?: readonly Tag[];
  /** How long an entry is as good as new, in milliseconds. @default the time of its source */
  freshForMs?: number;
  /** Whether a value says that there is no such entity; it is kept for seconds only. @default whether it is null */
  isMissing?(value: unknown): boolean;
}

/** Raised when the shape of what is kept changes without its fields: entries of another version are not found. */
const shapeVersion = 1;

const prefixOf = (source: System) => source.toLowerCase();

/** One entity of a type. Nothing in an id can be taken for a separator. */
export function entityTag(source: System, entityType: string, id: string): Tag {
  return `${prefixOf(source)}:${entityType}:{${encode(id)}}`;
}

/** Halves of characters cannot be encoded like others, and still no two ids look alike. */
const encode = (id: string) =>
  id.isWellFormed()
    ? encodeURIComponent(id)
    : Array.from(id, (part) =>
        part.isWellFormed() ? encodeURIComponent(part) : `%u${part.charCodeAt(0).toString(16)}`,
      ).join('');

/** All entities of a type. */
export const typeTag = (source: System, entityType: string): Tag => `${prefixOf(source)}:${entityType}`;

export const sourceTag = (source: System): Tag => prefixOf(source);

/** What depends on which entities of a type there are and what is in them, such as a list or a sum. */
export const anyOf = (source: System, entityType: string): Tag => `${prefixOf(source)}:${entityType}:any`;

/** The tags that go when these are dropped: with an entity or its type everything that is made from all of the type. */
export function tagsDroppedWith(tags: readonly Tag[]): Tag[] {
  const isOfType = (tag: Tag) => tag.endsWith('}') || tag.split(':').length === 2;
  return [...new Set(tags.flatMap((tag) => (isOfType(tag) ? [tag, anyTagOf(tag)] : [tag])))];
}

/** For the tag of an entity or of a type, that of whatever depends on any entity of the type. */
export const anyTagOf = (tag: Tag): Tag => `${tag.split(':{', 1)[0]}:any`;

/** The tag of a tag's source. */
export const sourceOf = (tag: Tag): Tag => tag.split(':', 1)[0] ?? tag;

/** Makes the keys of one kind. */
export function createKeys({ source, entityType, fields, alsoOf = [] }: CacheKind): (id: string) => CacheKey {
  const hash = createHash('sha256')
    .update(JSON.stringify([shapeVersion, [...fields].sort()]))
    .digest('hex');
  const shared = [typeTag(source, entityType), sourceTag(source), ...alsoOf];
  return (id) => {
    const entity = entityTag(source, entityType, id);
    return { text: `${entity}:${hash}`, tags: [entity, ...shared] };
  };
}
