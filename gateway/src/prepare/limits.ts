import type { DocumentNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import { Kind } from 'graphql';
import { Refusal } from './refusal.ts';

/** How large an operation may be. */
export interface Limits {
  maxTokens: number;
  /** Levels of fields, fragments followed. */
  maxDepth: number;
  maxAliases: number;
  maxDirectives: number;
  /** Fragments with `@defer`, each counted as often as it is spread. */
  maxDeferred: number;
  /** Fields and fragments, each counted as often as it is spread. */
  maxSelections: number;
  /** Root fields of one mutation. */
  maxMutations: number;
  introspection: boolean;
}

interface Size {
  depth: number;
  selections: number;
  aliases: number;
  directives: number;
  deferred: number;
  /** The fields of its first level, those of its fragments with them. */
  fields: number;
}

/** An alias stands in the answer as often as its object. */
const maxAliasLength = 100;

/** Refuses what would cost too much to validate, plan or run, before any of that. @throws {Refusal} */
export function checkLimits(document: DocumentNode, limits: Limits) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, Size>();
  const open = new Set<string>();

  function sizeOf({ selections }: SelectionSetNode): Size {
    const size: Size = { depth: 0, selections: 0, aliases: 0, directives: 0, deferred: 0, fields: 0 };
    for (const selection of selections) {
      size.selections += 1;
      size.directives += selection.directives?.length ?? 0;
      if (selection.directives?.some(({ name }) => name.value === 'defer')) size.deferred += 1;
      if (selection.kind === Kind.FIELD) {
        const { name, alias, selectionSet } = selection;
        size.fields += 1;
        if (alias) size.aliases += 1;
        if (alias && alias.value.length > maxAliasLength) {
          throw new Refusal('BAD_USER_INPUT', `An alias has more than ${maxAliasLength} characters.`);
        }
        if (alias?.value === '__proto__') throw new Refusal('BAD_USER_INPUT', 'A field cannot be called __proto__.');
        if (!limits.introspection && (name.value === '__schema' || name.value === '__type')) {
          throw new Refusal('GRAPHQL_VALIDATION_FAILED', 'Introspection is not allowed here.');
        }
        add(size, selectionSet && sizeOf(selectionSet), name.value.startsWith('__') ? 0 : 1);
      } else {
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT ? sizeOf(selection.selectionSet) : fragmentSize(selection.name.value);
        add(size, inner, 0);
        size.fields += inner?.fields ?? 0;
      }
    }
    refuseAbove(size, limits);
    return size;
  }

  function fragmentSize(name: string): Size | undefined {
    const fragment = fragments.get(name);
    const kept = known.get(name);
    // A circle is refused by the validation that follows.
    if (!fragment || open.has(name)) return undefined;
    if (kept) return kept;
    open.add(name);
    const size = sizeOf(fragment.selectionSet);
    open.delete(name);
    size.directives += fragment.directives?.length ?? 0;
    known.set(name, size);
    return size;
  }

  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { fields } = sizeOf(definition.selectionSet);
    if (definition.operation === 'mutation' && fields > limits.maxMutations) {
      throw tooMany('root fields of a mutation', limits.maxMutations);
    }
  }
  for (const name of fragments.keys()) fragmentSize(name);
}

/** Adds what is below; a field counts as a level itself. */
function add(size: Size, below: Size | undefined, level: number) {
  size.depth = Math.max(size.depth, (below?.depth ?? 0) + level);
  size.selections += below?.selections ?? 0;
  size.aliases += below?.aliases ?? 0;
  size.directives += below?.directives ?? 0;
  size.deferred += below?.deferred ?? 0;
}

function refuseAbove({ depth, selections, aliases, directives, deferred }: Size, limits: Limits) {
  if (depth > limits.maxDepth) throw tooMany('levels of fields', limits.maxDepth);
  if (selections > limits.maxSelections) throw tooMany('fields', limits.maxSelections);
  if (aliases > limits.maxAliases) throw tooMany('aliases', limits.maxAliases);
  if (directives > limits.maxDirectives) throw tooMany('directives', limits.maxDirectives);
  if (deferred > limits.maxDeferred) throw tooMany('deferred fragments', limits.maxDeferred);
}

const tooMany = (what: string, limit: number) =>
  new Refusal('GRAPHQL_VALIDATION_FAILED', `The operation has more than ${limit} ${what}.`);
