import { randomUUID } from 'node:crypto';
import type { Answer } from '../answers.ts';
import { instantOf, Refusal, settle } from '../answers.ts';
import { chooseFields } from '../fields.ts';
import type { Parameters } from '../parameters.ts';
import type { Desk } from '../routes.ts';
import type { Reader, Value } from '../rows.ts';
import { toColumn } from '../values.ts';
import type { Hooks } from './hooks.ts';
import type { Kind } from './kinds.ts';

type Action = 'createOnly' | 'updateOnly' | 'createOrUpdate';
type Item = Record<string, unknown>;
type Columns = Record<string, Value>;

/** Answers a write of one kind of record, each record by itself. */
export function sync(kind: Kind, hooks: Hooks) {
  return (desk: Desk, parameters: Parameters): Answer => {
    checkOwner(desk);
    const action = readAction(parameters);
    const key = readKey(kind, parameters.text('dedupeBy'), 'dedupeBy');
    if (key === 'idField' && action !== 'updateOnly') {
      throw new Refusal('1003', "dedupeBy 'idField' needs action 'updateOnly'");
    }
    const records = parameters.records();
    const seen = new Set<string>();
    const result = records.map((record, seq) =>
      settle(desk, { seq }, () => {
        const columns = keyColumns(kind, key, record);
        const own = JSON.stringify(columns);
        if (seen.has(own)) throw new Refusal('1036', 'Duplicate object found in input');
        seen.add(own);
        return write(desk, kind, hooks, { action, columns, record });
      }),
    );
    return { result };
  };
}

/** Answers a deletion of one kind of record, each record by itself. */
export function remove(kind: Kind, hooks: Hooks) {
  return (desk: Desk, parameters: Parameters): Answer => {
    checkOwner(desk);
    const key = readKey(kind, parameters.text('deleteBy'), 'deleteBy');
    const result = parameters.records().map((record, seq) =>
      settle(desk, { seq }, () => {
        const row = find(desk.reader, kind, keyColumns(kind, key, record));
        if (!row) throw new Refusal('1013', 'Record not found');
        hooks.beforeRemove(desk, row);
        desk.reader.run(`DELETE FROM ${kind.table} WHERE ${kind.idColumn} = ?`, row[kind.idColumn] as Value);
        return { [kind.idField]: row[kind.idColumn], status: 'deleted' };
      }),
    );
    return { result };
  };
}

function checkOwner({ nativeCrm }: Desk) {
  if (nativeCrm) throw new Refusal('1018', 'CRM Enabled');
}

function readAction(parameters: Parameters): Action {
  const action = parameters.text('action') ?? 'createOrUpdate';
  if (action === 'createOnly' || action === 'updateOnly' || action === 'createOrUpdate') return action;
  throw new Refusal('1003', `Invalid value '${action}' for action`);
}

function readKey(kind: Kind, given: string | undefined, parameter: string): 'dedupeFields' | 'idField' {
  if (given === undefined || given === 'dedupeFields') return 'dedupeFields';
  if (given === 'idField' || given === kind.idField) return 'idField';
  throw new Refusal('1003', `Invalid value '${given}' for ${parameter}`);
}

/** The columns that tell one record from another, with the values a caller gave. */
function keyColumns(kind: Kind, key: 'dedupeFields' | 'idField', record: Item): Columns {
  if (key === 'idField') {
    const id = record[kind.idField];
    if (id == null) throw new Refusal('1002', `Missing value for required parameter '${kind.idField}'`);
    return { [kind.idColumn]: kind.idField === 'id' ? Number(id) : String(id) };
  }
  const pairs = kind.dedupe.map((name) => {
    const field = kind.fields.find((candidate) => candidate.name === name);
    const value = record[name];
    if (value == null || !field?.column) throw new Refusal('1002', `Missing value for required parameter '${name}'`);
    return [field.column, toColumn(field, value)] as const;
  });
  return Object.fromEntries(pairs);
}

function find(reader: Reader, kind: Kind, columns: Columns): Item | undefined {
  const where = Object.keys(columns).map((column) => `${column} = ?`);
  return reader.all(`SELECT * FROM ${kind.table} WHERE ${where.join(' AND ')}`, ...Object.values(columns))[0];
}

function write(
  desk: Desk,
  kind: Kind,
  hooks: Hooks,
  { action, columns, record }: { action: Action; columns: Columns; record: Item },
): object {
  const { reader, now } = desk;
  const values = readValues(kind, record);
  hooks.check(desk, { ...columns, ...values });
  const found = find(reader, kind, columns);
  const at = instantOf(now());
  if (found) {
    if (action === 'createOnly') throw new Refusal('1017', 'Object already exists');
    const id = found[kind.idColumn] as Value;
    reader.update(kind.table, { ...values, updated_at: at }, `${kind.idColumn} = ?`, id);
    hooks.updated(desk, { ...found, ...values }, Object.keys(values));
    return { [kind.idField]: id, status: 'updated' };
  }
  if (action === 'updateOnly') throw new Refusal('1013', 'Record not found');
  for (const name of kind.required) {
    if (record[name] == null) throw new Refusal('1002', `Missing value for required parameter '${name}'`);
  }
  const id = kind.idField === 'id' ? reader.nextId(kind.table) : randomUUID();
  const row = { ...hooks.blank, ...values, ...columns, [kind.idColumn]: id, created_at: at, updated_at: at };
  reader.insert(kind.table, row);
  hooks.created(desk, row);
  return { [kind.idField]: id, status: 'created' };
}

function readValues(kind: Kind, record: Item): Columns {
  const names = Object.keys(record).filter((name) => name !== kind.idField && !kind.dedupe.includes(name));
  const pairs = chooseFields(kind.fields, names, []).map((field) => {
    if (!field.column) throw new Refusal('1003', `Field '${field.name}' is read-only`);
    return [field.column, toColumn(field, record[field.name])] as const;
  });
  const values = Object.fromEntries(pairs);
  for (const name of kind.required) {
    const column = kind.fields.find((field) => field.name === name)?.column;
    if (column && column in values && values[column] === null)
      throw new Refusal('1003', `Field '${name}' cannot be null`);
  }
  return values;
}
