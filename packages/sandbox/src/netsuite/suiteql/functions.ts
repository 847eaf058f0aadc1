import type { AggregateOptions, DatabaseSync } from 'node:sqlite';
import type { World } from '../../world/world.ts';
import { customerName, statusText, transactionTypes } from '../display.ts';
import { addMonths, toChar, toDate, truncate } from './dates.ts';
import type { Sum } from './decimals.ts';
import { addTo, emptySum, readSum } from './decimals.ts';

/** SuiteQL functions, and the SQLite ones that stand for them. Any other function is refused. */
export const functions: ReadonlyMap<string, string> = new Map([
  ['SUM', 'suiteql_sum'],
  ...'AVG COUNT MIN MAX NULLIF UPPER LOWER TRIM LTRIM RTRIM SUBSTR LENGTH INSTR REPLACE ABS ROUND CEIL FLOOR MOD SIGN'
    .split(' ')
    .map((name): [string, string] => [name, name.toLowerCase()]),
  ...'COALESCE ROW_NUMBER RANK DENSE_RANK'.split(' ').map((name): [string, string] => [name, name.toLowerCase()]),
  ['NVL', 'ifnull'],
  ['GREATEST', 'max'],
  ['LEAST', 'min'],
  ['CONCAT', 'suiteql_concat'],
  ['TO_NUMBER', 'suiteql_number'],
  ['TO_DATE', 'suiteql_to_date'],
  ['TO_TIMESTAMP', 'suiteql_to_date'],
  ['TO_CHAR', 'suiteql_to_char'],
  ['TRUNC', 'suiteql_trunc'],
  ['ADD_MONTHS', 'suiteql_add_months'],
]);

export function createFunctions({ db }: World, today: () => string): void {
  const pure = { deterministic: true };
  db.function('suiteql_today', today);
  db.function('suiteql_concat', pure, (a, b) => `${a ?? ''}${b ?? ''}`);
  db.function('suiteql_number', pure, (value) => (value === null ? null : Number(value)));
  db.function('suiteql_to_date', { ...pure, varargs: true }, (value, format) => toDate(value, format));
  db.function('suiteql_to_char', { ...pure, varargs: true }, (value, format) => toChar(value, format));
  db.function('suiteql_trunc', { ...pure, varargs: true }, (value, unit) => truncate(value, unit));
  db.function('suiteql_add_months', pure, (value, months) => addMonths(value, months));
  // One subsidiary in base currency: consolidating changes nothing.
  db.function('suiteql_consolidate', { ...pure, varargs: true }, (value) => value ?? null);
  db.function('suiteql_status', pure, (type, letter) =>
    letter === null
      ? null
      : `${transactionTypes[String(type)]?.label ?? type} : ${statusText(String(type), String(letter))}`,
  );
  db.function('suiteql_type', pure, (type) => transactionTypes[String(type)]?.label ?? type ?? null);
  db.function('suiteql_record', pure, (type) => transactionTypes[String(type)]?.record.toLowerCase() ?? null);
  db.function('suiteql_entity', pure, (entityId, company) => customerName(String(entityId), String(company)));
  createSum(db);
}

function createSum(db: DatabaseSync): void {
  const sum = {
    start: () => emptySum,
    step: (total: Sum, value: number | string | null) => addTo(total, value),
    inverse: (total: Sum, value: number | string | null) => addTo(total, value, -1n),
    result: readSum,
  };
  // Node keeps any accumulator; its types allow only what SQLite stores.
  db.aggregate('suiteql_sum', sum as unknown as AggregateOptions);
}
