import { pointed, SalesforceError } from '../errors.ts';
import type { Field } from '../schema/fields.ts';
import type { SObject } from '../schema/objects.ts';
import { findObject } from '../schema/objects.ts';
import { resolveAny } from './polymorphic.ts';

const advice = (suffix: string, what: string) =>
  `If you are attempting to use a custom ${what}, be sure to append the '${suffix}' after the custom ${what} name. Please reference your WSDL or the describe call for the appropriate names.`;

const noColumn = (field: string, object: string) =>
  `No such column '${field}' on entity '${object}'. ${advice('__c', 'field')}`;

const maxSteps = 5;

/** A field found by its path from the object in FROM. */
export interface Resolved {
  field: Field;
  sql: string;
  /** Names of the parents on the way, spelled as Salesforce spells them. */
  path: { name: string; idSql: string }[];
}

export interface Scope {
  object: SObject;
  alias: string;
  resolve(path: string): Resolved;
  /** Starts a scope for a nested select whose aliases do not clash with this one's. */
  nested(object: SObject): Scope;
  /** The FROM clause, with a join for each parent that was resolved. */
  from(): string;
}

export function requireObject(name: string, soql: string): SObject {
  const object = findObject(name);
  if (object) return object;
  const reason = `sObject type '${name}' is not supported. ${advice('__c', 'object').replace('custom object name', 'entity name')}`;
  throw new SalesforceError(400, 'INVALID_TYPE', pointed(soql, name, reason));
}

export interface ScopeOptions {
  /** What the query calls the object, as in `FROM Account a`. */
  tableAlias?: string | undefined;
  /** Deleted records count as well. */
  all?: boolean;
}

/** The table's rows together with those in the bin, which have the same columns. */
const withDeleted = ({ table, from }: SObject) =>
  table ? `(SELECT *, 0 AS is_deleted FROM ${table} UNION ALL SELECT *, 1 FROM ${table}_deleted)` : from;

export function createScope(object: SObject, soql: string, options: ScopeOptions = {}, counter = { next: 0 }): Scope {
  const { tableAlias = '', all = false } = options;
  const alias = `t${counter.next++}`;
  const joins = new Map<string, { alias: string; sql: string }>();

  const invalidField = (word: string, reason: string) =>
    new SalesforceError(400, 'INVALID_FIELD', pointed(soql, word, reason));

  return {
    object,
    alias,
    nested: (inner) => createScope(inner, soql, {}, counter),
    from: () =>
      [`${all ? withDeleted(object) : object.from} AS ${alias}`, ...[...joins.values()].map((join) => join.sql)].join(
        ' ',
      ),
    resolve(path) {
      const words = path.split('.');
      const prefix = words[0]?.toLowerCase();
      // `Account.Id FROM Account` and an alias both name the object itself.
      if (
        words.length > 1 &&
        (prefix === tableAlias.toLowerCase() || (prefix === object.name.toLowerCase() && !object.parents.has(prefix)))
      ) {
        words.shift();
      }
      let current = object;
      let at = alias;
      const steps: Resolved['path'] = [];
      const relations = words.slice(0, -1);
      const last = words.at(-1) as string;
      for (const [index, word] of relations.entries()) {
        const parent = current.parents.get(word.toLowerCase());
        if (parent && parent.objects.length > 1 && index === relations.length - 1) {
          const found = resolveAny(parent, at, last);
          if (!found) throw invalidField(last, noColumn(last, 'Name'));
          return { ...found, path: [...steps, { name: parent.name, idSql: `${at}.${parent.column}` }] };
        }
        const next = parent?.objects.length === 1 ? findObject(parent.objects[0] as string) : undefined;
        if (!parent || !next || index >= maxSteps) {
          const reason = `Didn't understand relationship '${word}' in field path. ${advice('__r', 'relationship')}`;
          throw invalidField(path, reason);
        }
        const key = `${at}.${parent.name}`;
        const join = joins.get(key) ?? { alias: `t${counter.next++}`, sql: '' };
        join.sql ||= `LEFT JOIN ${next.from} AS ${join.alias} ON ${join.alias}.id = ${at}.${parent.column}`;
        joins.set(key, join);
        current = next;
        at = join.alias;
        steps.push({ name: parent.name, idSql: `${at}.id` });
      }
      const field = current.fields.get(last.toLowerCase());
      if (!field) {
        throw invalidField(last, noColumn(last, current.name));
      }
      if (all && at === alias && field.name === 'IsDeleted' && object.table) {
        return { field, sql: `${at}.is_deleted`, path: steps };
      }
      return { field, sql: `(${field.sql.replaceAll('$', at)})`, path: steps };
    },
  };
}
