import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { Json, JsonObject } from './json.ts';
import { isObject, own } from './json.ts';
import { mergeInto } from './merge.ts';
import type { IsOfType } from './types.ts';

/** Cuts an entity's key and required fields out of what is known of it; null when something of it is missing. */
export type Represent = (entity: JsonObject) => JsonObject | null;

export function compileRepresentation(selections: readonly QueryPlanSelectionNode[], isOfType: IsOfType): Represent {
  const parts = selections.map((selection) => compilePart(selection, isOfType));
  return (entity) => {
    const representation: JsonObject = {};
    for (const part of parts) if (!part(entity, representation)) return null;
    return representation;
  };
}

/** Adds its part; false when that is missing. */
type Part = (entity: JsonObject, representation: JsonObject) => boolean;

function compilePart(selection: QueryPlanSelectionNode, isOfType: IsOfType): Part {
  if (selection.kind === 'Field') {
    const name = selection.alias ?? selection.name;
    const below = selection.selections && compileRepresentation(selection.selections, isOfType);
    return (entity, representation) => {
      const value = own(entity, name);
      if (value === undefined) return false;
      representation[name] = below ? cut(value, below) : value;
      return true;
    };
  }
  const { typeCondition } = selection;
  if (typeCondition === undefined) return () => true;
  const inner = compileRepresentation(selection.selections, isOfType);
  return (entity, representation) => {
    if (!isOfType(entity.__typename, typeCondition, false)) return true;
    const part = inner(entity);
    if (part) mergeInto(representation, part);
    return true;
  };
}

function cut(value: Json, below: Represent): Json {
  if (Array.isArray(value)) return value.map((item) => cut(item, below));
  return isObject(value) ? below(value) : value;
}
