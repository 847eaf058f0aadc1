import { createThrowawayCache } from '@customer360/kit/cache/throwaway';
import { createReadLog } from '@customer360/kit/reads';
import { startSalesforce } from '@customer360/sandbox/salesforce/server';
import type { World } from '@customer360/sandbox/world/world';
import { openWorld } from '@customer360/sandbox/world/world';
import { createCachedReads } from '../src/cache.ts';
import type { SalesforceClient } from '../src/client.ts';
import { createSalesforceClient } from '../src/client.ts';
import { readConfig } from '../src/config.ts';
import type { SalesforceSource } from '../src/source.ts';
import { createSalesforceSource } from '../src/source.ts';
import { today } from './support.ts';

/** Records to ask for, all in one tick. */
export interface Ids {
  accounts: readonly string[];
  opportunities: readonly string[];
  cases: readonly string[];
}

export const most = 10_000;
const order = { field: 'CLOSE_DATE', direction: 'ASC' } as const;

/** What was read without when and how. */
const withoutReads = <Result>(result: Result): Result =>
  JSON.parse(JSON.stringify(result, (key, value: unknown) => (key === 'read' ? undefined : value)));

/** Each read as a request of its own. */
const asRequest =
  <Result>(read: (source: SalesforceSource) => Promise<Result>) =>
  async (client: SalesforceClient) => {
    const cached = createCachedReads(client, createThrowawayCache('SALESFORCE'));
    return withoutReads(await read(createSalesforceSource(cached, createReadLog(Date.now))));
  };

/** Every read of the interface. */
export const readsOf = ({ accounts, opportunities, cases }: Ids) => ({
  account: asRequest((source) => Promise.all(accounts.map(source.account))),
  opportunity: asRequest((source) => Promise.all(opportunities.map(source.opportunity))),
  ticket: asRequest((source) => Promise.all(cases.map(source.ticket))),
  opportunitiesOf: asRequest((source) =>
    Promise.all(accounts.map((id) => source.opportunitiesOf(id, { isClosed: null, first: 50 }))),
  ),
  openTicketsOf: asRequest((source) => Promise.all(accounts.map((id) => source.openTicketsOf(id, 20)))),
  opportunities: asRequest((source) => source.opportunities({ isClosed: null, first: most })),
  deals: asRequest((source) => source.deals({ filters: {}, order, limit: most, offset: 0 })),
  dealTotals: asRequest((source) => source.dealTotals({})),
  customers: asRequest((source) => source.customers({ search: null, limit: most, after: null })),
  customerCount: asRequest((source) => source.customerCount(null)),
  stages: asRequest((source) => source.stages()),
});
export type ReadName = keyof ReturnType<typeof readsOf>;
export const readNames = Object.keys(readsOf({ accounts: [], opportunities: [], cases: [] })) as ReadName[];

const column = ({ db }: World, sql: string) =>
  db
    .prepare(sql)
    .all()
    .map(({ id }) => String(id));

export const idsIn = (world: World): Ids => ({
  accounts: column(world, 'SELECT id FROM sf_account ORDER BY id'),
  opportunities: column(world, 'SELECT id FROM sf_opportunity ORDER BY id'),
  cases: column(world, 'SELECT id FROM sf_case ORDER BY id'),
});

export const clientAt = (url: string, env: Record<string, string> = {}) =>
  createSalesforceClient(
    // No number of failures makes it leave Salesforce alone.
    readConfig({ SALESFORCE_LOGIN_URL: url, SALESFORCE_VOLUME_THRESHOLD: '1000', ...env }).salesforce,
  );

/** The sandbox in front of a few accounts, so that an answer about them is small enough to keep. */
export function smallVendor() {
  const world = openWorld({ seed: 1, size: 60, today });
  const [rich] = column(
    world,
    `SELECT a.id FROM sf_account a WHERE EXISTS (SELECT 1 FROM sf_case WHERE account_id = a.id AND is_closed = 0)
       AND (SELECT COUNT(DISTINCT is_closed) FROM sf_opportunity WHERE account_id = a.id AND amount IS NOT NULL) = 2
       AND a.industry IS NOT NULL ORDER BY a.id LIMIT 1`,
  );
  const [poor] = column(
    world,
    'SELECT id FROM sf_account a WHERE NOT EXISTS (SELECT 1 FROM sf_opportunity WHERE account_id = a.id) LIMIT 1',
  );
  world.db.exec(`PRAGMA foreign_keys = OFF;
    DELETE FROM sf_account WHERE id NOT IN ('${rich}', '${poor}');
    DELETE FROM sf_opportunity WHERE account_id NOT IN ('${rich}', '${poor}');
    DELETE FROM sf_case WHERE account_id NOT IN ('${rich}', '${poor}');`);
  return {
    args: idsIn(world),
    start: () => startSalesforce({ host: '127.0.0.1', port: 0, world }),
  };
}
