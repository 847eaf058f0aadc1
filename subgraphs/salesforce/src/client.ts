import { UpstreamError } from '@customer360/kit/errors';
import { createVendorHttp, readAs } from '@customer360/kit/http';
import { createLimiter } from '@customer360/kit/limiter/limiter';
import type { RedisClient } from '@customer360/kit/limiter/redis-ledger';
import { chunk } from '@customer360/kit/loader';
import { createVendorPolicy } from '@customer360/kit/policy';
import type { SourceHealth } from '@customer360/kit/source-health';
import type { Connection } from 'jsforce/lib/connection.js';
import type { ZodType } from 'zod';
import { z } from 'zod';
import { createBatch } from './batch.ts';
import { compositeOf, readComposite } from './composite.ts';
import type { Config } from './config.ts';
import { describeRefusal } from './faults.ts';
import type { Page } from './records.ts';
import { pageSchema } from './records.ts';
import { createSessions } from './session.ts';
import type { Seen } from './transport.ts';
import { createTransport } from './transport.ts';
import { periodOf, readUsage } from './usage.ts';

export interface Answer<Row> {
  /** What Salesforce says the query found, which the rows may not reach when it drops some. */
  totalSize: number;
  records: Row[];
}

/** The connection to one org, shared by the process. */
export interface SalesforceClient {
  /**
   * Runs a query and follows its pages. Queries of one tick travel in one call.
   *
   * @throws {UpstreamError}
   */
  query<Row>(soql: string, row: ZodType<Row>): Promise<Answer<Row>>;
  /** Reads the rows of a child page, with the pages that follow it. */
  children<Row>(page: Page | null | undefined, row: ZodType<Row>): Promise<Row[]>;
  /** Logs in ahead of the first query. */
  warmUp(): Promise<void>;
}

interface Job {
  soql: string;
  resolve(page: Page): void;
  reject(error: unknown): void;
}

const maxQueriesPerCall = 5;
/** A request line and its headers may hold 16,384 bytes together. */
const maxUrlLength = 12_000;
const maxPages = 50;

export interface ClientDeps {
  health?: SourceHealth;
  redis?: RedisClient | undefined;
}

export function createSalesforceClient(config: Config['salesforce'], deps: ClientDeps = {}): SalesforceClient {
  const { timeoutMs } = config.policy;
  const http = createVendorHttp({ system: 'SALESFORCE', timeoutMs, maxSockets: 8 });
  const limiter = createLimiter({
    system: 'SALESFORCE',
    limits: { quota: { ...(config.callsPerDay ? { calls: config.callsPerDay } : {}), periodOf } },
    account: new URL(config.loginUrl).host,
    leaseMs: timeoutMs * 2,
    redis: deps.redis,
  });
  const policy = createVendorPolicy({
    system: 'SALESFORCE',
    ...config.policy,
    slots: 8,
    limiter,
    ...(deps.health ? { health: deps.health } : {}),
  });
  const sessions = createSessions(config, http);
  const basePath = `/services/data/v${config.apiVersion}`;
  const enqueue = createBatch<Job>((jobs) => {
    for (const some of chunk(jobs, maxQueriesPerCall)) void send(some);
  });

  /** One vendor call, judged before it ends: a refused session is renewed once, and throttling shuts the gate. */
  const call = <Result>(path: string, read: (answer: unknown) => Result, body?: object): Promise<Result> =>
    policy.run((signal) => sessions.use(async (connection) => read(await callWith(connection, signal, path, body))));
  const readPage = (answer: unknown) => readAs('SALESFORCE', pageSchema, answer);

  async function callWith(connection: Connection, signal: AbortSignal, path: string, body?: object): Promise<unknown> {
    const seen: Seen = { status: 0, usage: undefined };
    const options = { transport: createTransport(http, signal, seen) };
    try {
      return body
        ? await connection.requestPost<unknown>(path, body, options)
        : await connection.requestGet<unknown>(path, options);
    } catch (error) {
      if (error instanceof UpstreamError) throw error;
      throw describeRefusal(seen.status, error instanceof Error ? error.name : '');
    } finally {
      const usage = readUsage(seen.usage);
      if (usage) limiter.observe(usage);
    }
  }

  async function send(jobs: Job[]): Promise<void> {
    const paths = jobs.map(({ soql }) => `${basePath}/query?q=${encodeURIComponent(soql)}`);
    try {
      const [only = ''] = paths;
      if (jobs.length === 1 && only.length <= maxUrlLength) {
        jobs[0]?.resolve(await call(only, readPage));
        return;
      }
      const readAnswers = (answer: unknown) => readComposite(answer, jobs.length);
      const answers = await call(`${basePath}/composite`, readAnswers, compositeOf(paths));
      for (const [index, answer] of answers.entries()) {
        if (answer instanceof Error) jobs[index]?.reject(answer);
        else jobs[index]?.resolve(answer);
      }
    } catch (error) {
      for (const job of jobs) job.reject(error);
    }
  }

  async function follow(first: Page): Promise<unknown[]> {
    const records = [...first.records];
    let page = first;
    for (let pages = 1; !page.done; pages += 1) {
      if (!page.nextRecordsUrl || pages >= maxPages) {
        throw new UpstreamError('SALESFORCE', 'malformed', 'a query answer does not end');
      }
      page = await call(page.nextRecordsUrl, readPage);
      records.push(...page.records);
    }
    return records;
  }

  return {
    async query(soql, row) {
      const page = await new Promise<Page>((resolve, reject) => enqueue({ soql, resolve, reject }));
      const records = readAs('SALESFORCE', z.array(row), await follow(page));
      return { totalSize: page.totalSize, records };
    },
    async children(page, row) {
      if (!page) return [];
      const rows = await follow(page);
      if (rows.length < page.totalSize) {
        throw new UpstreamError('SALESFORCE', 'malformed', 'an answer lacks records');
      }
      return readAs('SALESFORCE', z.array(row), rows);
    },
    async warmUp() {
      await sessions.get();
    },
  };
}
