import type { Answer } from '../answers.ts';
import { Refusal } from '../answers.ts';
import { chooseFields, chooseFilter, filterValues } from '../fields.ts';
import { page, pageSize, readCursor } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import { readInteger } from '../parameters.ts';
import type { Desk } from '../routes.ts';
import { toRecord } from '../rows.ts';
import type { Kind } from './kinds.ts';

/** Answers a query of one kind of record: by one field, or by the keys of a JSON body. */
export function lookUp(kind: Kind) {
  return ({ reader, control }: Desk, parameters: Parameters): Answer => {
    const { where, values } = readFilter(kind, parameters);
    const fields = chooseFields(kind.fields, parameters.list('fields'), kind.standard);
    const keyed = [...new Set([...kind.fields.slice(0, 1), ...fields])];
    const size = pageSize(parameters);
    // Some tables are keyed by text, so a page token holds how many records went before.
    const before = Math.max(0, readCursor(parameters.text('nextPageToken')));
    const columns = keyed.map((field) => `${field.sql} AS "${field.name}"`);
    const found = reader.all(
      `SELECT ${columns} FROM ${kind.table} ${kind.alias} WHERE ${where} ORDER BY ${kind.alias}.${kind.idColumn} LIMIT ? OFFSET ?`,
      ...values,
      size + 1,
      before,
    );
    const { rows, next } = page(
      found.map((row, index) => ({ ...row, cursor: before + index + 1 })),
      size,
    );
    const result = control.scramble(rows).map((row, seq) => ({ seq, ...toRecord(row, keyed) }));
    return next ? { result, nextPageToken: next, moreResult: true } : { result, moreResult: false };
  };
}

function readFilter(kind: Kind, parameters: Parameters): { where: string; values: (string | number)[] } {
  const filterType = parameters.required('filterType');
  if (filterType === 'dedupeFields') return readKeys(kind, parameters);
  const filter = chooseFilter(kind.fields, filterType);
  const given = filterValues(parameters.list('filterValues'));
  const values = filter.dataType === 'integer' ? given.map(readInteger) : given;
  return { where: `${filter.sql} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] };
}

/** A compound key does not fit a comma list, so it comes as JSON. */
function readKeys(kind: Kind, parameters: Parameters): { where: string; values: string[] } {
  const { input } = parameters.input;
  if (!Array.isArray(input) || input.length === 0) {
    throw new Refusal('1002', "Missing value for required parameter 'input'");
  }
  if (input.length > 300) throw new Refusal('1003', 'input has more than 300 records');
  const keys = input.map((record: Record<string, unknown> | null) =>
    kind.dedupe.map((name) => {
      const value = record?.[name];
      if (value == null) throw new Refusal('1002', `Missing value for required parameter '${name}'`);
      return value;
    }),
  );
  const columns = kind.dedupe.map((name) => kind.fields.find((field) => field.name === name)?.sql);
  const parts = kind.dedupe.map((_, index) => `value ->> '$[${index}]'`);
  return { where: `(${columns}) IN (SELECT ${parts} FROM json_each(?))`, values: [JSON.stringify(keys)] };
}
