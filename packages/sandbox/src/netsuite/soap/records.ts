import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { accountSource, customerSource, periodSource, referenceNames, transactionSource } from '../sources.ts';
import type { RecordDefinition, RecordField } from './fields.ts';
import { recordDefinitions } from './fields.ts';
import { namespaceOf } from './namespaces.ts';
import { writeValue } from './values.ts';
import type { Xml } from './xml.ts';
import { element } from './xml.ts';

type Row = Record<string, unknown>;

export interface FoundRecord {
  definition: RecordDefinition;
  row: Row;
  lines: Row[];
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
  const lineStatement = db.prepare(
    `SELECT l.transaction_id AS id, l.line, l.item_id AS item, i.name AS item_name, l.description, l.quantity,
       l.rate / 100.0 AS rate, l.amount / 100.0 AS amount FROM ns_transaction_line l JOIN ns_item i ON i.id = l.item_id
     WHERE l.transaction_id IN (SELECT value FROM json_each(?)) ORDER BY l.transaction_id, l.line`,
  );
  const prepare = (definition: RecordDefinition, by: string) => {
    const key = `${definition.name} ${by}`;
    const statement = statements.get(key) ?? db.prepare(selectRecords(definition, by));
    statements.set(key, statement);
    return statement;
  };

  return {
    load(definition, by, keys, withLines) {
      const rows = prepare(definition, by).all(JSON.stringify(keys)) as Row[];
      const lines =
        withLines && definition.prefix === 'tranSales'
          ? lineStatement.all(JSON.stringify(rows.map(({ id }) => id)))
          : [];
      const linesOf = Map.groupBy(lines as Row[], ({ id }) => id);
      return new Map(rows.map((row) => [String(row[by]), { definition, row, lines: linesOf.get(row.id) ?? [] }]));
    },
  };
}

const listSources: Record<string, string> = {
  Customer: customerSource,
  Account: accountSource,
  AccountingPeriod: periodSource,
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
export function writeRecord(name: string, version: string, { definition, row, lines }: FoundRecord): Xml {
  const { prefix } = definition;
  const attributes = {
    internalId: String(row.id),
    externalId: row.externalid as string | null,
    'xsi:type': `${prefix}:${definition.name}`,
    [`xmlns:${prefix}`]: namespaceOf(prefix, version),
    'xmlns:platformCore': namespaceOf('platformCore', version),
  };
  const fields = definition.fields.map((field) => writeField(definition, field, row));
  return element(name, attributes, ...fields, lines.length > 0 ? writeLines(prefix, lines) : null);
}

function writeField({ prefix, transaction = '' }: RecordDefinition, field: RecordField, row: Row): Xml | null {
  const value = row[field.column];
  if (value === null || value === undefined) return null;
  const name = `${prefix}:${field.name}`;
  if (field.kind === 'reference') return writeReference(name, value, row[`${field.column}_name`]);
  return element(name, {}, writeValue(field.kind, value, transaction));
}

function writeReference(name: string, id: unknown, text: unknown): Xml {
  return element(name, { internalId: String(id) }, element('platformCore:name', {}, String(text ?? id)));
}

function writeLines(prefix: string, lines: Row[]): Xml {
  const items = lines.map((line) => {
    const number = (name: string) =>
      line[name] === null ? null : element(`${prefix}:${name}`, {}, writeValue('double', line[name], ''));
    return element(
      `${prefix}:item`,
      {},
      writeReference(`${prefix}:item`, line.item, line.item_name),
      element(`${prefix}:line`, {}, String(line.line)),
      line.description === null ? null : element(`${prefix}:description`, {}, String(line.description)),
      number('amount'),
      number('quantity'),
      line.rate === null ? null : element(`${prefix}:rate`, {}, writeValue('double', line.rate, '')),
    );
  });
  return element(`${prefix}:itemList`, {}, ...items);
}
