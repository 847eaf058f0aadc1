import type { QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { Json, JsonObject } from './json.ts';
import { isObject, own } from './json.ts';
import type { IsOfType } from './types.ts';

/** Prints an entity's key and required fields as JSON; null when something of it is missing, or it is of another type. */
export interface PrintRepresentation {
  (entity: JsonObject): string | null;
  /** The one field, beside the type, that tells entities apart: those with the same value print the same. */
  leaf?: string;
}

/**
 * The usual case without objects in between: one type, plain fields. Null for what has to be cut out and merged first.
 */
export function compilePrint(
  selections: readonly QueryPlanSelectionNode[],
  isOfType: IsOfType,
): PrintRepresentation | null {
  const [only] = selections;
  if (selections.length !== 1 || only?.kind !== 'InlineFragment' || only.typeCondition === undefined) return null;
  const { typeCondition } = only;
  const print = compileFields(only.selections);
  if (!print) return null;
  const printOfType: PrintRepresentation = (entity) => {
    const typename = own(entity, '__typename');
    return typeof typename === 'string' && isOfType(typename, typeCondition, false) ? print(entity) : null;
  };
  const names = only.selections.flatMap((field) =>
    field.kind === 'Field' && !field.selections && !field.alias ? [field.name] : [],
  );
  const [leaf, ...others] = names.filter((name) => name !== '__typename');
  if (leaf !== undefined && others.length === 0 && only.selections.length === 2) printOfType.leaf = leaf;
  return printOfType;
}

function compileFields(selections: readonly QueryPlanSelectionNode[]): PrintRepresentation | null {
  const fields: { name: string; head: string; below: PrintRepresentation | null }[] = [];
  for (const selection of selections) {
    const field = compileField(selection);
    if (!field) return null;
    fields.push({ ...field, head: `${fields.length > 0 ? ',' : '{'}${JSON.stringify(field.name)}:` });
  }
  if (fields.length === 0 || new Set(fields.map(({ name }) => name)).size < fields.length) return null;
  return (entity) => {
    let text = '';
    for (const { name, head, below } of fields) {
      const value = own(entity, name);
      if (value === undefined) return null;
      text += head + (below ? printBelow(value, below) : JSON.stringify(value));
    }
    return `${text}}`;
  };
}

function compileField(selection: QueryPlanSelectionNode): { name: string; below: PrintRepresentation | null } | null {
  if (selection.kind !== 'Field') return null;
  const { alias, name, selections }: QueryPlanFieldNode = selection;
  const below = selections ? compileFields(selections) : null;
  return selections && !below ? null : { name: alias ?? name, below };
}

function printBelow(value: Json, below: PrintRepresentation): string {
  if (Array.isArray(value)) return `[${value.map((item) => printBelow(item, below)).join()}]`;
  return isObject(value) ? (below(value) ?? 'null') : JSON.stringify(value);
}
