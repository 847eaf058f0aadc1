import { statusText, transactionTypes } from '../display.ts';
import type { SearchField, SearchName } from './criteria.ts';
import { searchDefinitions } from './criteria.ts';
import { toDateTime, toMidnight } from './dates.ts';
import { accountTypeNames, columnStatus } from './enumerations.ts';
import type { Prefix } from './namespaces.ts';
import { namespaceOf } from './namespaces.ts';
import type { ColumnPlan } from './search.ts';
import { double } from './values.ts';
import type { Xml } from './xml.ts';
import { element } from './xml.ts';

type Row = Record<string, unknown>;

export const rowPrefixes: Record<SearchName, Prefix> = {
  Customer: 'listRel',
  Vendor: 'listRel',
  Transaction: 'tranSales',
  Account: 'listAcct',
  AccountingPeriod: 'listAcct',
};

const fieldOf = ({ search }: ColumnPlan, name: string) =>
  (searchDefinitions[search].fields as Record<string, SearchField>)[name] as SearchField;

/** The SQL columns of a column search; a transaction's type comes along, as its status is read by it. */
export function selectColumns(name: SearchName, columns: ColumnPlan[]): string {
  const selected = columns.flatMap((group) =>
    group.names.map((column) => `${group.alias}.${fieldOf(group, column).column} AS "${group.group} ${column}"`),
  );
  return ['r.id', name === 'Transaction' ? 'r.type' : `NULL AS type`, ...selected].join(', ');
}

/** Writes one `searchRow`. */
export function writeRow(name: SearchName, version: string, columns: ColumnPlan[], row: Row): Xml {
  const prefix = rowPrefixes[name];
  const groups = columns.map((group) => {
    const cells = group.names.map((column) => writeCell(group, column, row));
    return element(`${prefix}:${group.group}`, {}, ...cells);
  });
  const attributes = { 'xsi:type': `${prefix}:${name}SearchRow`, [`xmlns:${prefix}`]: namespaceOf(prefix, version) };
  return element('platformCore:searchRow', attributes, ...groups);
}

function writeCell(group: ColumnPlan, name: string, row: Row): Xml | null {
  const value = row[`${group.group} ${name}`];
  if (value === null || value === undefined) return null;
  return element(`platformCommon:${name}`, {}, writeSearchValue(fieldOf(group, name), value, String(row.type)));
}

function writeSearchValue({ kind, column }: SearchField, value: unknown, type: string): Xml {
  const written = (text: string) => element('platformCore:searchValue', {}, text);
  switch (kind) {
    case 'select':
    case 'record':
      return element('platformCore:searchValue', { internalId: String(value) });
    case 'external':
      return element('platformCore:searchValue', { externalId: String(value) });
    case 'double':
      return written(double(Number(value)));
    case 'boolean':
      return written(String(value === 'T'));
    case 'day':
      return written(toMidnight(String(value)));
    case 'date':
      return written(toDateTime(String(value)));
    case 'enum':
      return written(writeEnum(column, String(value), type));
    default:
      return written(String(value));
  }
}

function writeEnum(column: string, value: string, type: string): string {
  if (column === 'status') return columnStatus(statusText(type, value));
  if (column === 'accttype') return accountTypeNames.get(value) ?? value;
  return transactionTypes[value]?.search ?? value;
}
