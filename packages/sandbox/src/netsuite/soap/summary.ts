import type { DatabaseSync } from 'node:sqlite';
import { status } from './envelope.ts';
import { StatusError } from './errors.ts';
import { namespaceOf } from './namespaces.ts';
import { double } from './values.ts';
import type { Xml, XmlNode } from './xml.ts';
import { child, children, element } from './xml.ts';

/** What postings can be grouped and filtered by, in schema order. */
const groupings: Record<string, string> = {
  period: 't.period_id',
  account: 'p.account_id',
  subsidiary: 't.subsidiary_id',
};
const pageSize = 1000;

/** `getPostingTransactionSummary`: the general ledger by period, account and subsidiary, in base currency, debits positive. */
export function summarise(db: DatabaseSync, version: string, operationId: string, request: XmlNode): Xml {
  const wrap = (...contents: Xml[]) =>
    element(
      'platformCore:getPostingTransactionSummaryResult',
      { 'xmlns:platformCore': namespaceOf('platformCore', version) },
      ...contents,
    );
  try {
    const { rows, asked, pageIndex } = readRows(db, request);
    const number = (name: string, value: number) => element(`platformCore:${name}`, {}, value);
    const page = rows.slice((pageIndex - 1) * pageSize, pageIndex * pageSize);
    return wrap(
      status(version, null),
      number('totalRecords', rows.length),
      number('pageSize', pageSize),
      number('totalPages', Math.ceil(rows.length / pageSize)),
      number('pageIndex', pageIndex),
      element('platformCore:operationId', {}, operationId),
      element('platformCore:postingTransactionSummaryList', {}, ...page.map((row) => writeSummary(asked, row))),
    );
  } catch (error) {
    if (error instanceof StatusError) return wrap(status(version, error));
    throw error;
  }
}

function readRows(db: DatabaseSync, request: XmlNode) {
  const fields = child(request, 'fields');
  const asked = Object.keys(groupings).filter((name) => /^(true|1)$/i.test(child(fields, name)?.text ?? ''));
  if (asked.length === 0) throw new StatusError('USER_ERROR', 'At least one field must be asked for.');
  const filters = (child(request, 'filters')?.children ?? []).map((filter) => {
    const column = Object.hasOwn(groupings, filter.name) ? groupings[filter.name] : undefined;
    if (!column) throw new StatusError('USER_ERROR', `The filter ${filter.name} is not supported.`);
    const ids = children(filter, 'recordRef').map((each) =>
      Number(each.attributes.internalId ?? child(each, 'internalId')?.text),
    );
    return { sql: `${column} IN (SELECT value FROM json_each(?))`, value: JSON.stringify(ids) };
  });
  const pageIndex = Number(child(request, 'pageIndex')?.text ?? 1);
  if (!Number.isInteger(pageIndex) || pageIndex < 1) {
    throw new StatusError('INVALID_SEARCH_PAGE_INDEX', 'The page index must be at least 1.');
  }
  const columns = asked.map((name) => groupings[name]);
  const where = ['t.posting = 1', ...filters.map(({ sql }) => sql)].join(' AND ');
  const rows = db
    .prepare(
      `SELECT ${asked.map((name) => `${groupings[name]} AS ${name}`).join(', ')}, SUM(p.amount) AS cents
       FROM ns_posting p JOIN ns_transaction t ON t.id = p.transaction_id WHERE ${where}
       GROUP BY ${columns} ORDER BY ${columns}`,
    )
    .all(...filters.map(({ value }) => value));
  return { rows, asked, pageIndex };
}

function writeSummary(asked: string[], row: Record<string, unknown>): Xml {
  const references = asked.map((name) => element(`platformCore:${name}`, { internalId: String(row[name]) }));
  const amount = element('platformCore:amount', {}, double(Number(row.cents) / 100));
  return element('platformCore:postingTransactionSummary', {}, ...references, amount);
}
