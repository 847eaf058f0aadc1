import type { FieldTypeOf } from '@jetstreamapp/soql-parser-js';
import { malformedQuery, SalesforceError } from '../errors.ts';
import type { Field, Kind } from '../schema/fields.ts';
import type { Parent, SObject } from '../schema/objects.ts';
import { findObject } from '../schema/objects.ts';
import type { Scope } from './scope.ts';

/** `TYPEOF What WHEN Account THEN Phone ELSE Name END`: which fields are printed depends on the type of the record. */
export interface VariantItem {
  name: string;
  idColumn: number;
  branches: Map<string, VariantField[]>;
  otherwise: VariantField[];
}

interface VariantField {
  name: string;
  kind: Kind;
  column: number;
}

const nameFields = new Set(['id', 'name', 'type', 'firstname', 'lastname', 'email', 'phone', 'title', 'username']);

const targetsOf = ({ objects }: Parent) => objects.map(findObject).filter((object) => object !== undefined);

/** Cases have a number where others have a name. */
const fieldOf = (object: SObject, name: string) =>
  object.fields.get(name.toLowerCase()) ??
  (name.toLowerCase() === 'name' ? object.fields.get('casenumber') : undefined);

const lookUp = (object: SObject, field: Field, id: string) =>
  `(SELECT ${field.sql.replaceAll('$', 'other')} FROM ${object.from} AS other WHERE other.id = ${id})`;

/** A field of whatever record a polymorphic reference points at; only what all names have can be asked for. */
export function resolveAny(parent: Parent, alias: string, name: string): { field: Field; sql: string } | undefined {
  if (!nameFields.has(name.toLowerCase())) return undefined;
  const id = `${alias}.${parent.column}`;
  const targets = targetsOf(parent);
  const known = targets.map((object) => fieldOf(object, name)).find((field) => field !== undefined);
  const plain = known ?? findObject('User')?.fields.get(name.toLowerCase());
  if (name.toLowerCase() === 'id') return plain && { field: plain, sql: id };
  if (name.toLowerCase() === 'type') {
    const cases = targets.map((object) => `WHEN '${object.prefix}' THEN '${object.name}'`);
    const field = findObject('Account')?.fields.get('name');
    return field && { field: { ...field, name: 'Type' }, sql: `CASE substr(${id}, 1, 3) ${cases.join(' ')} END` };
  }
  if (!plain) return undefined;
  const ways = targets.flatMap((object) => {
    const field = fieldOf(object, name);
    return field ? [lookUp(object, field, id)] : [];
  });
  const canonical = name.toLowerCase() === 'name' ? 'Name' : plain.name;
  return { field: { ...plain, name: canonical }, sql: `coalesce(${[...ways, 'NULL', 'NULL'].join(', ')})` };
}

export function compileVariants(item: FieldTypeOf, scope: Scope, column: (sql: string) => number): VariantItem {
  const parent = scope.object.parents.get(item.field.toLowerCase());
  if (!parent || parent.objects.length < 2) {
    throw new SalesforceError(400, 'INVALID_FIELD', `TYPEOF relationship '${item.field}' is not polymorphic`);
  }
  const id = `${scope.alias}.${parent.column}`;
  const branches = new Map<string, VariantField[]>();
  const otherwise: VariantField[] = [];
  for (const { type, objectType = '', fieldList } of item.conditions) {
    const object = findObject(objectType);
    if (type === 'WHEN' && (!object || !parent.objects.includes(object.name))) {
      throw malformedQuery(`TYPEOF: ${objectType} is not a type that ${item.field} can have`);
    }
    const fields = fieldList.map((name) => {
      const field = object?.fields.get(name.toLowerCase());
      const found = object ? field && { field, sql: lookUp(object, field, id) } : resolveAny(parent, scope.alias, name);
      if (!found) {
        throw new SalesforceError(
          400,
          'INVALID_FIELD',
          `No such column '${name}' on entity '${object?.name ?? 'Name'}'.`,
        );
      }
      return { name: found.field.name, kind: found.field.kind, column: column(found.sql) };
    });
    if (object) branches.set(object.name, fields);
    else otherwise.push(...fields);
  }
  return { name: parent.name, idColumn: column(id), branches, otherwise };
}
