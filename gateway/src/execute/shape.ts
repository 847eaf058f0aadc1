import type { FieldNode, GraphQLOutputType, SelectionSetNode } from 'graphql';
import { isAbstractType, isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';
import type { DeferredNode } from '../defer/directive.ts';
import type { CollectParts, Fielded } from './collect-fields.ts';
import { collectFields } from './collect-fields.ts';
import type { Json, JsonObject } from './json.ts';
import { own } from './json.ts';
import { compileLeaf } from './leaf.ts';

/** Stands for a null that its place does not allow and that therefore spreads to what is around it. */
export const bubble: unique symbol = Symbol('bubble');

/** Told of each field that is empty against its type. */
export type Note = (field: string, path: (string | number)[]) => void;

/** Told of each deferred fragment that an object has, once the object itself is complete. */
export type NoteDeferred = (deferred: DeferredShape, source: JsonObject, object: JsonObject) => void;

export interface Violations {
  count: number;
  /** Told where, when that is asked for; `path` is kept up only then. */
  note?: Note;
  /** Only together with `note`. */
  noteDeferred?: NoteDeferred;
  path: (string | number)[];
}

export interface DeferredShape {
  node: DeferredNode;
  complete: Complete;
}

/** Makes a value of an answer out of what the subgraphs brought. */
export type Complete = (value: Json | undefined, violations: Violations) => Json | typeof bubble;

interface ShapeField {
  /** The name that the caller gave. */
  outer: string;
  /** The name under which the plan brings it. */
  inner: string;
  complete: Complete;
}

export interface ShapeParts extends CollectParts {
  /** The caller's name for a response name of the plan. */
  outerName(inner: string): string;
}

/**
 * Compiles the selection of an object type, all fragments resolved; of an interface when no subgraph could tell what
 * an object really is.
 */
export function compileObject(type: Fielded, sets: readonly SelectionSetNode[], parts: ShapeParts): Complete {
  const collected = collectFields(type, sets, parts);
  const fields = collected.fields.map(([inner, nodes]) => compileField(type, inner, nodes, parts));
  const complete: Complete = (value, violations) => {
    const source = value as JsonObject;
    const object: JsonObject = {};
    for (const { outer, inner, complete } of fields) {
      if (violations.note) violations.path.push(outer);
      const completed = complete(Object.hasOwn(source, inner) ? source[inner] : undefined, violations);
      if (violations.note) violations.path.pop();
      if (completed === bubble) return bubble;
      object[outer] = completed;
    }
    return object;
  };
  if (collected.deferred.length === 0) return complete;
  const deferred = collected.deferred.map(
    ([node, set]): DeferredShape => ({ node, complete: compileObject(type, [set], parts) }),
  );
  return (value, violations) => {
    const object = complete(value, violations);
    if (object === bubble) return bubble;
    for (const each of deferred) violations.noteDeferred?.(each, value as JsonObject, object as JsonObject);
    return object;
  };
}

function compileField(type: Fielded, inner: string, nodes: FieldNode[], parts: ShapeParts): ShapeField {
  const [first] = nodes as [FieldNode];
  const outer = parts.outerName(inner);
  const name = first.name.value;
  if (name === '__typename') return { outer, inner, complete: () => (isObjectType(type) ? type.name : bubble) };
  // What the schema says of itself is complete as it comes.
  if (name.startsWith('__')) return { outer, inner, complete: (value) => value ?? null };
  const field = type.getFields()[name];
  if (!field) throw new Error(`${type.name} has no field ${name}`);
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return { outer, inner, complete: compileType(field.type, sets, parts, `${type.name}.${name}`) };
}

function compileType(
  type: GraphQLOutputType,
  sets: readonly SelectionSetNode[],
  parts: ShapeParts,
  place: string,
): Complete {
  if (isNonNullType(type)) {
    const complete = compileNullable(type.ofType, sets, parts);
    return (value, violations) => {
      const completed = value === null || value === undefined ? null : complete(value, violations);
      if (completed !== null) return completed;
      violations.count += 1;
      violations.note?.(place, [...violations.path]);
      return bubble;
    };
  }
  const complete = compileNullable(type, sets, parts);
  return (value, violations) => {
    if (value === null || value === undefined) return null;
    const completed = complete(value, violations);
    return completed === bubble ? null : completed;
  };
}

function compileNullable(type: GraphQLOutputType, sets: readonly SelectionSetNode[], parts: ShapeParts): Complete {
  if (isListType(type)) {
    const item = compileType(type.ofType, sets, parts, 'an item');
    return (value, violations) => {
      if (!Array.isArray(value)) return null;
      const list: Json[] = [];
      for (let index = 0; index < value.length; index += 1) {
        if (violations.note) violations.path.push(index);
        const completed = item(value[index], violations);
        if (violations.note) violations.path.pop();
        if (completed === bubble) return bubble;
        list.push(completed);
      }
      return list;
    };
  }
  if (isLeafType(type)) {
    const leaf = compileLeaf(type);
    return (value) => (leaf(value) ? (value as Json) : null);
  }
  if (!isObjectType(type) && !isAbstractType(type)) throw new Error(`${type} is no output type`);

  // Each type that an object turns out to be has a shape of its own, made when it first appears.
  const shapes = new Map<string, Complete | null>();
  const isOfType = (actual: Fielded) =>
    actual === type || (isAbstractType(type) && parts.schema.isSubType(type, actual));
  const shapeOf = (typename: string) => {
    const known = shapes.get(typename);
    if (known !== undefined) return known;
    const actual = parts.schema.getType(typename);
    const shape = isFielded(actual) && isOfType(actual) ? compileObject(actual, sets, parts) : null;
    if (shapes.size < 200) shapes.set(typename, shape);
    return shape;
  };
  return (value, violations) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const named = own(value, '__typename');
    const shape = shapeOf(typeof named === 'string' ? named : type.name);
    return shape ? shape(value, violations) : null;
  };
}

const isFielded = (type: unknown): type is Fielded => isObjectType(type) || isInterfaceType(type);
