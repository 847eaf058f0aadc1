import { UpstreamError } from '@customer360/kit/errors';
import type { VendorHttp } from '@customer360/kit/http';
import { parseJson, readAs } from '@customer360/kit/http';
import type { VendorPolicy } from '@customer360/kit/policy';
import type { TokenSource } from '@customer360/kit/token';
import { TokenRefusedError } from '@customer360/kit/token';
import { z } from 'zod';
import { completeRows } from '../complete.ts';
import type { Statement } from '../query.ts';
import { suiteqlPage } from '../records.ts';
import { judgeStatus } from './faults.ts';

const pageSize = 1000;
/** NetSuite hands out no more rows than this for one query. */
const maxRows = 100_000;

export interface SuiteQl {
  /** All rows of a statement, each once, every page followed. @throws {UpstreamError} */
  rows<Row>(statement: Statement, row: z.ZodType<Row>, keyOf: (row: Row) => string): Promise<Row[]>;
  /** Gets an access token ahead of the first query. */
  warmUp(): Promise<void>;
}

/** The SuiteQL endpoint: authentication, paging and faults. Shared by the process. */
export function createSuiteQl(deps: {
  http: VendorHttp;
  policy: VendorPolicy;
  tokens: TokenSource;
  baseUrl: string;
}): SuiteQl {
  const { http, policy, tokens, baseUrl } = deps;

  const send = (statement: Statement, offset: number, token: string, signal: AbortSignal) =>
    http.send({
      method: 'POST',
      url: `${baseUrl}/services/rest/query/v1/suiteql?limit=${pageSize}&offset=${offset}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', prefer: 'transient' },
      body: JSON.stringify(statement),
      expect: 'json',
      signal,
    });

  // Judged inside the policy, so that it sees throttling and what cannot be read.
  const sendJudged = async (...call: Parameters<typeof send>) => {
    const answer = await send(...call);
    if (answer.status === 401) throw new TokenRefusedError();
    judgeStatus(answer);
    return readAs('NETSUITE', suiteqlPage, parseJson('NETSUITE', answer.text));
  };

  const page = (statement: Statement, offset: number) =>
    policy.run((signal) => tokens.use((token) => sendJudged(statement, offset, token, signal)));

  return {
    async rows(statement, row, keyOf) {
      const first = await page(statement, 0);
      const total = first.totalResults;
      if (total > maxRows) throw new UpstreamError('NETSUITE', 'rejected', 'more rows than one query may return');
      const offsets = Array.from({ length: Math.ceil(total / pageSize) }, (_, index) => index * pageSize).slice(1);
      const rest = await Promise.all(offsets.map((offset) => page(statement, offset)));
      const items = [first, ...rest].flatMap((each) => each.items);
      return completeRows(readAs('NETSUITE', z.array(row), items), keyOf, total);
    },
    async warmUp() {
      await tokens.get();
    },
  };
}
