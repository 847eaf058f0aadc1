import { readAs } from '@customer360/kit/http';
import { z } from 'zod';
import { completeRows } from '../complete.ts';
import type { SoapConnection } from './connection.ts';
import { describeStatus } from './faults.ts';
import type { Body } from './query.ts';
import { postingSummary } from './query.ts';
import { type judged, searchAnswer, searchResult, summaryAnswer, summaryResult } from './records.ts';

type Summary = NonNullable<
  z.output<typeof summaryResult>['postingTransactionSummaryList']
>['postingTransactionSummary'][number];

/** All records or rows of a search, each once: the pages after the first are read at once. @throws {UpstreamError} */
export async function searchAll<Item extends z.ZodType>(
  connection: SoapConnection,
  body: Body,
  item: Item,
  keyOf: (item: z.output<Item>) => string,
): Promise<z.output<Item>[]> {
  const first = await connection.call('search', body, readSearch);
  const { totalPages, totalRecords, searchId } = first;
  const rest = await Promise.all(
    laterPages(totalPages).map((pageIndex) => connection.call('searchMoreWithId', { searchId, pageIndex }, readSearch)),
  );
  const items = [first, ...rest].flatMap(({ recordList, searchRowList }) => [
    ...(recordList?.record ?? []),
    ...(searchRowList?.searchRow ?? []),
  ]);
  return completeRows(readAs('NETSUITE', z.array(item), items), keyOf, totalRecords);
}

export async function summariseAll(connection: SoapConnection): Promise<Summary[]> {
  const read = (pageIndex: number) =>
    connection.call('getPostingTransactionSummary', postingSummary(pageIndex), readSummary);
  const first = await read(1);
  const rest = await Promise.all(laterPages(first.totalPages).map(read));
  const sums = [first, ...rest].flatMap((page) => page.postingTransactionSummaryList?.postingTransactionSummary ?? []);
  const keyOf = ({ period, account }: Summary) => `${period.attributes.internalId}:${account.attributes.internalId}`;
  return completeRows(sums, keyOf, first.totalRecords);
}

function laterPages(totalPages: number): number[] {
  return Array.from({ length: Math.max(0, totalPages - 1) }, (_, index) => index + 2);
}

function readSearch(answer: unknown) {
  judge(readAs('NETSUITE', searchAnswer, answer).searchResult);
  return readAs('NETSUITE', z.object({ searchResult }), answer).searchResult;
}

function readSummary(answer: unknown) {
  judge(readAs('NETSUITE', summaryAnswer, answer).getPostingTransactionSummaryResult);
  return readAs('NETSUITE', z.object({ getPostingTransactionSummaryResult: summaryResult }), answer)
    .getPostingTransactionSummaryResult;
}

/** Business errors come with HTTP 200. */
function judge({ status }: z.output<typeof judged>): void {
  if (status.attributes.isSuccess) return;
  throw describeStatus((status.statusDetail ?? []).flatMap(({ code }) => code ?? []));
}
