import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  accountSource,
  currencySource,
  customerSource,
  periodSource,
  referenceNames,
  subsidiarySource,
  termSource,
  transactionSource,
  vendorSource,
} from '../sources.ts';
import type { RecordDefinition, RecordField } from './fields.ts';
import { recordDefinitions } from './fields.ts';
import { createListReader, writeList } from './lists.ts';
import { namespaceOf } from './namespaces.ts';
import { writeReference, writeValue } from './values.ts';
import type { Xml } from './xml.ts';
import { element } from './xml.ts';

type Row = Record<string, unknown>;

export interface FoundRecord {
  definition: RecordDefinition;
  row: Row;
  items: Row[];
  applies: Row[];
}

export interface RecordReader {
  /** Whole records by internal or external id, by that id. */
  load(
    definition: RecordDefinition,
    by: 'id' | 'externalid',
    keys: readonly (string | number)[],
    withLines: boolean,
  ): Map<string, FoundRecord>;
}

/** Reads records with one prepared statement for each type. */
export function createRecordReader(db: DatabaseSync): RecordReader {
  const statements = new Map<string, StatementSync>();
  const lists = createListReader(db);
  const prepare = (definition: RecordDefinition, by: string) => {
    const key = `${definition.name} ${by}`;
    const statement = statements.get(key) ?? db.prepare(selectRecords(definition, by));
    statements.set(key, statement);
    return statement;
  };

  return {
    load(definition, by, keys, withLines) {
      const rows = prepare(definition, by).all(JSON.stringify(keys)) as Row[];
      const ids = rows.map(({ id }) => Number(id));
      const itemsOf = withLines && definition.items ? lists.items(ids) : new Map<unknown, Row[]>();
      const appliesOf = withLines && definition.applies ? lists.applies(ids) : new Map<unknown, Row[]>();
      return new Map(
        rows.map((row) => {
          const [items, applies] = [itemsOf.get(row.id) ?? [], appliesOf.get(row.id) ?? []];
          return [String(row[by]), { definition, row, items, applies }];
        }),
      );
    },
  };
}

const listSources: Record<string, string> = {
  Customer: customerSource,
  Vendor: vendorSource,
  Account: accountSource,
  AccountingPeriod: periodSource,
  Currency: currencySource,
  Term: termSource,
  Subsidiary: subsidiarySource,
};

function selectRecords({ name, transaction, fields }: RecordDefinition, by: string): string {
  const source = transaction ? transactionSource : listSources[name];
  const columns = new Set(fields.map(({ column }) => column).filter((column) => column !== 'currency_name'));
  const references = fields.filter(({ kind }) => kind === 'reference').map(({ column }) => column);
  const selected = [
    'r.id',
    'r.externalid',
    ...[...columns].map((column) => `r.${column}`),
    ...references.map((column) => `${referenceNames[column]} AS ${column}_name`),
  ];
  const type = transaction ? `AND r.type = '${transaction}'` : '';
  return `SELECT ${selected.join(', ')} FROM ${source} r WHERE r.${by} IN (SELECT value FROM json_each(?)) ${type}`;
}

export const definitionOf = (reference: string) => recordDefinitions.find((each) => each.reference === reference);
export const definitionOfType = (type: string) => recordDefinitions.find(({ transaction }) => transaction === type);

/** Writes a record as the element `name`, fields in schema order, empty ones left out. */
export function writeRecord(name: string, version: string, { definition, row, items, applies }: FoundRecord): Xml {
  const { prefix } = definition;
  const attributes = {
    internalId: row.id === null ? null : String(row.id),
    externalId: row.externalid as string | null,
    'xsi:type': `${prefix}:${definition.name}`,
    [`xmlns:${prefix}`]: namespaceOf(prefix, version),
    'xmlns:platformCore': namespaceOf('platformCore', version),
  };
  const fields = definition.fields.map((field) => writeField(definition, field, row));
  const lists = [
    writeList(prefix, 'item', definition.items ?? [], items),
    writeList(prefix, 'apply', definition.applies ?? [], applies),
  ];
  return element(name, attributes, ...fields, ...lists);
}

function writeField({ prefix, transaction = '' }: RecordDefinition, field: RecordField, row: Row): Xml | null {
  const value = row[field.column];
  if (value === null || value === undefined) return null;
  const name = `${prefix}:${field.name}`;
  if (field.kind === 'reference') return writeReference(name, value, row[`${field.column}_name`]);
  const text = writeValue(field.kind, value, transaction);
  return text === null ? null : element(name, {}, text);
}
