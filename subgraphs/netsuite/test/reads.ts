import { startNetsuite } from '@customer360/sandbox/netsuite/server';
import type { World } from '@customer360/sandbox/world/world';
import { openWorld } from '@customer360/sandbox/world/world';
import type { NetSuiteClient } from '../src/model.ts';
import { accountsClaimed, today } from './support.ts';

/** Every read of the interface, for some accounts and customers. */
export const readsOf = (accountIds: readonly string[], internalIds: readonly string[]) => ({
  customers: (client: NetSuiteClient) => client.customers(accountIds),
  customersByInternalId: (client: NetSuiteClient) => client.customersByInternalId(internalIds),
  documents: (client: NetSuiteClient) => client.documents(accountIds, { invoices: 'all', orders: true }),
  openInvoices: (client: NetSuiteClient) => client.documents(accountIds, { invoices: 'open', orders: false }),
  paidInvoices: (client: NetSuiteClient) => client.documents(accountIds, { invoices: 'paid', orders: false }),
  orders: (client: NetSuiteClient) => client.documents(accountIds, { invoices: 'none', orders: true }),
  ledger: (client: NetSuiteClient) => client.ledger(),
  recurring: (client: NetSuiteClient) => client.recurring(today),
});

export type ReadName = keyof ReturnType<typeof readsOf>;
export const readNames = Object.keys(readsOf([], [])) as ReadName[];

/** A few customers and their documents, so that an answer about them is small enough to keep. */
function openSmallWorld() {
  const world = openWorld({ seed: 7, size: 120, today });
  const [unbilled = '', contested = ''] = [0, 2].map((times) => accountsClaimed(world, times, 1)[0]);
  const linked = linkedAccounts(world);
  const accountIds = [unbilled, contested, ...linked];
  const ids = accountIds.map((id) => `'${id}'`).join();
  world.db.exec(`
    PRAGMA foreign_keys = OFF;
    DELETE FROM ns_customer WHERE external_id IS NULL OR external_id NOT IN (${ids});
    DELETE FROM ns_transaction WHERE customer_id IS NULL AND type <> 'Journal';
    DELETE FROM ns_transaction WHERE customer_id IS NOT NULL AND customer_id NOT IN (SELECT id FROM ns_customer);
    DELETE FROM ns_transaction WHERE type = 'CustInvc' AND id NOT IN (SELECT id FROM (
      SELECT id, row_number() OVER (PARTITION BY customer_id, status ORDER BY id DESC) AS place FROM ns_transaction
      WHERE type = 'CustInvc') WHERE place <= 2);
    DELETE FROM ns_transaction WHERE type = 'Journal' AND id % 20 > 0;
    DELETE FROM ns_posting WHERE transaction_id NOT IN (SELECT id FROM ns_transaction);
    DELETE FROM ns_period WHERE id NOT IN (SELECT period_id FROM ns_transaction);`);
  return { world, accountIds };
}

/** Accounts with one customer each that between them have every kind of document. */
function linkedAccounts(world: World): string[] {
  const having = (condition: string) =>
    world.db
      .prepare(
        `SELECT c.external_id AS id FROM ns_customer c JOIN ns_transaction t ON t.customer_id = c.id
         WHERE (SELECT COUNT(*) FROM ns_customer o WHERE o.external_id = c.external_id) = 1 AND ${condition}
         ORDER BY t.id DESC LIMIT 1`,
      )
      .all()
      .map(({ id }) => String(id));
  return [
    ...new Set([
      ...having(`t.type = 'CustCred'`),
      ...having(`t.type = 'CustInvc' AND t.unpaid > 0 AND c.credit_limit IS NOT NULL`),
      ...having(
        `t.type = 'SalesOrd' AND t.recur_monthly + t.recur_annually > 0 AND t.end_date IS NULL AND t.status = 'F'`,
      ),
    ]),
  ];
}

/** The sandbox in front of the small world, and the reads that are recorded from it. */
export function smallVendor() {
  const { world, accountIds } = openSmallWorld();
  const internalIds = world.db
    .prepare('SELECT id FROM ns_customer ORDER BY id LIMIT 2')
    .all()
    .map(({ id }) => String(id));
  return {
    args: { accountIds, internalIds },
    start: () => startNetsuite({ host: '127.0.0.1', port: 0, world }),
  };
}
