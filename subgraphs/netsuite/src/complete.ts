import { UpstreamError } from '@customer360/kit/errors';

/**
 * The rows of an answer without those that came twice. Pages are read by running a query again, so rows may come twice
 * or not at all, and a sum over them would be wrong, not incomplete.
 *
 * @throws {UpstreamError} `malformed` when fewer rows came than NetSuite counted
 */
export function completeRows<Row>(rows: readonly Row[], keyOf: (row: Row) => string, total: number): Row[] {
  const distinct = new Map(rows.map((row) => [keyOf(row), row]));
  if (distinct.size < total) {
    throw new UpstreamError('NETSUITE', 'malformed', `an answer has ${distinct.size} of ${total} rows`);
  }
  return [...distinct.values()];
}

/** A value that an answer of this kind always has. @throws {UpstreamError} `malformed`, naming the field */
export function present<Value>(value: Value | null | undefined, field: string): Value {
  if (value == null) throw new UpstreamError('NETSUITE', 'malformed', `an answer lacks ${field}`);
  return value;
}
