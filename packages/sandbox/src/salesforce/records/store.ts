import type { StatementSync } from 'node:sqlite';
import { nextSalesforceId } from '../../world/salesforce-id.ts';
import type { World } from '../../world/world.ts';
import { SalesforceError } from '../errors.ts';
import { toSecond } from '../instant.ts';
import { userId } from '../org.ts';
import type { Field } from '../schema/fields.ts';
import type { SObject } from '../schema/objects.ts';
import { printValue } from '../soql/values.ts';
import { createBin } from './bin.ts';
import { withDefaults, withoutNulls } from './defaults.ts';
import { createHistory } from './history.ts';
import type { Columns, Json, References } from './input.ts';
import { readInput } from './input.ts';
import type { Locks } from './locks.ts';
import { applyRules } from './rules.ts';

/** One record as it was and as it is, told once its transaction is over. */
export interface Change {
  type: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';
  object: SObject;
  id: string;
  before: Json | undefined;
  after: Json | undefined;
}

export interface Store extends References {
  create(object: SObject, input: Json): string;
  update(object: SObject, id: string, input: Json): void;
  remove(object: SObject, id: string): void;
  /** Takes a record, and what went with it, out of the bin again. */
  restore(object: SObject, id: string): void;
  /** Every field of a record, as the REST API prints them. */
  read(object: SObject, id: string): Json | undefined;
  /** All or nothing: a throw takes everything back that was written in it. May be nested. */
  transaction<Result>(work: () => Result): Result;
}

export interface StoreOptions {
  world: World;
  locks: Locks;
  now: () => number;
  publish(changes: Change[]): void;
}

export function createStore({ world: { db }, locks, now: clock, publish }: StoreOptions): Store {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const bin = createBin(db);
  let depth = 0;
  let changes: Change[] = [];

  function transaction<Result>(work: () => Result): Result {
    const kept = changes.length;
    const level = `level${depth}`;
    db.exec(`SAVEPOINT ${level}`);
    depth += 1;
    let result: Result;
    try {
      result = work();
    } catch (error) {
      changes = changes.slice(0, kept);
      db.exec(`ROLLBACK TO ${level}`);
      throw error;
    } finally {
      depth -= 1;
      db.exec(`RELEASE ${level}`);
    }
    if (depth === 0 && changes.length > 0) publish(changes.splice(0));
    return result;
  }

  /** The records that a row belongs to: whoever writes it locks them too. */
  const parentsIn = (object: SObject, row: Columns) =>
    [...object.parents.values()]
      .filter(({ objects }) => !objects.includes('User'))
      .map(({ column }) => (row[column] ?? null) as string | null);

  const rowOf = (object: SObject, id: string) =>
    prepare(`SELECT * FROM ${object.from} WHERE id = ?`).get(id) as Columns | undefined;

  const look = (table: string, column: string, id: string) =>
    (prepare(`SELECT ${column} AS value FROM ${table} WHERE id = ?`).get(id)?.value ?? null) as string | null;

  function read(object: SObject, id: string): Json | undefined {
    const fields = [...object.fields.values()];
    const columns = fields.map(({ sql }, index) => `${sql.replaceAll('$', 't')} AS c${index}`);
    const row = prepare(`SELECT ${columns.join(', ')} FROM ${object.from} AS t WHERE t.id = ?`).get(id);
    return row && Object.fromEntries(fields.map(({ name, kind }, index) => [name, printValue(row[`c${index}`], kind)]));
  }

  function insert(table: string, columns: Columns) {
    const names = Object.keys(columns);
    prepare(`INSERT INTO ${table} (${names}) VALUES (${names.map(() => '?')})`).run(...Object.values(columns));
  }

  const nextId = (table: string, prefix: string) => {
    const sql = `SELECT max((SELECT ifnull(max(id), '') FROM ${table}), (SELECT ifnull(max(id), '') FROM ${table}_deleted)) AS id`;
    return nextSalesforceId(prefix, String(prepare(sql).get()?.id ?? ''));
  };

  function requireTable(object: SObject): string {
    if (object.table && !object.readOnly) return object.table;
    throw new SalesforceError(
      400,
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      `entity type cannot be inserted: ${object.name}`,
    );
  }

  function requireLive(object: SObject, id: string): Columns {
    const row = rowOf(object, id);
    if (row) return row;
    throw store.state(object, id) === 'deleted'
      ? new SalesforceError(404, 'ENTITY_IS_DELETED', 'entity is deleted', [])
      : new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');
  }

  function refuseDuplicate(object: SObject, columns: Columns, own: string | undefined) {
    const value = columns.external_id;
    if (typeof value !== 'string') return;
    const found = prepare(`SELECT id FROM ${object.table} WHERE external_id = ? COLLATE NOCASE AND id IS NOT ?`);
    const other = found.get(value, own ?? null)?.id;
    if (other === undefined) return;
    const message = `duplicate value found: External_Id__c duplicates value on record with id: ${String(other)}`;
    throw new SalesforceError(400, 'DUPLICATE_VALUE', message, ['External_Id__c']);
  }

  const writeHistory = createHistory(insert, nextId);

  const store: Store = {
    transaction,
    read,
    state(object, id) {
      if (prepare(`SELECT 1 FROM ${object.from} WHERE id = ?`).get(id)) return 'live';
      return object.table && prepare(`SELECT 1 FROM ${object.table}_deleted WHERE id = ?`).get(id)
        ? 'deleted'
        : undefined;
    },
    byExternalId(object, field: Field, value) {
      if (field.column === undefined && field.name !== 'Id') return [];
      const column = field.column ?? 'id';
      const rows = prepare(`SELECT id FROM ${object.from} WHERE ${column} = ? COLLATE NOCASE ORDER BY id`);
      return rows.all(String(value)).map(({ id }) => String(id));
    },
    create: (object, input) =>
      transaction(() => {
        const table = requireTable(object);
        const now = toSecond(new Date(clock()));
        const { columns: asked, computed } = readInput(object, input, 'insert', store);
        const given = withDefaults(object, asked);
        locks.require(parentsIn(object, given));
        refuseDuplicate(object, given, undefined);
        const id = nextId(table, object.prefix);
        const row: Columns = {
          ...given,
          ...applyRules(object.name, { input: given, computed, before: undefined, now, look }),
          ...(object.name === 'Case' && { case_number: nextCaseNumber() }),
          ...{ id, created_at: now, modified_at: now, created_by: userId, modified_by: userId },
        };
        insert(table, row);
        if (object.name === 'Opportunity') writeHistory(id, undefined, { amount: null, ...row }, now);
        changes.push({ type: 'CREATE', object, id, before: undefined, after: read(object, id) });
        return id;
      }),
    update: (object, id, input) =>
      transaction(() => {
        const table = requireTable(object);
        const now = toSecond(new Date(clock()));
        const row = requireLive(object, id);
        const before = read(object, id);
        const { columns: asked, computed } = readInput(object, input, 'update', store);
        const given = withoutNulls(object, asked);
        locks.require([id, ...parentsIn(object, { ...row, ...given })]);
        refuseDuplicate(object, given, id);
        const columns = { ...given, ...applyRules(object.name, { input: given, computed, before: row, now, look }) };
        const all: Columns = { ...columns, modified_at: now, modified_by: userId };
        const assignments = Object.keys(all).map((name) => `${name} = ?`);
        prepare(`UPDATE ${table} SET ${assignments} WHERE id = ?`).run(...Object.values(all), id);
        if (object.name === 'Opportunity') writeHistory(id, row, { ...row, ...columns }, now);
        changes.push({ type: 'UPDATE', object, id, before, after: read(object, id) });
      }),
    remove: (object, id) =>
      transaction(() => {
        requireTable(object);
        locks.require([id, ...parentsIn(object, requireLive(object, id))]);
        bin.throwAway(object, id, toSecond(new Date(clock())), (gone, goneId) =>
          changes.push({ type: 'DELETE', object: gone, id: goneId, before: read(gone, goneId), after: undefined }),
        );
      }),
    restore: (object, id) =>
      transaction(() => {
        requireTable(object);
        if (store.state(object, id) !== 'deleted') {
          throw new SalesforceError(400, 'UNDELETE_FAILED', 'Entity is not in the recycle bin');
        }
        bin.takeOut(object, id, (back, backId) =>
          changes.push({ type: 'UNDELETE', object: back, id: backId, before: undefined, after: read(back, backId) }),
        );
      }),
  };

  const nextCaseNumber = () =>
    String(Number(prepare('SELECT max(case_number) AS n FROM sf_case').get()?.n ?? 1000) + 1).padStart(8, '0');

  return store;
}
