import type { Cache, Cached } from '@customer360/kit/cache/cache';
import type { CacheKind } from '@customer360/kit/cache/key';
import { groupRows, pickRows } from '@customer360/kit/loader';
import type { DocumentKey, Documents, DocumentWant } from './documents.ts';
import { documentWants, loadDocuments } from './documents.ts';
import type { ErpCustomer, Ledger, LinkedCustomer, NetSuiteClient, RecurringSum } from './model.ts';

/** What is read of NetSuite, each kept for a time by what it is about. */
export interface CachedReads {
  /** The customers that carry an account id. */
  customers: Cached<string, LinkedCustomer[]>;
  customersByInternalId: Cached<string, ErpCustomer | null>;
  documents: Cached<DocumentKey, Documents>;
  ledger: Cached<'company', Ledger>;
  /** By the day that subscriptions have to run on. */
  recurring: Cached<string, RecurringSum[]>;
}

const source = 'NETSUITE';

/** One entity with different fields: dropping the customer of an account drops what it owes as well. */
const customer: CacheKind = {
  source,
  entityType: 'customer',
  fields: ['customer'],
  isMissing: (rows) => Array.isArray(rows) && rows.length === 0,
};
const documents = Object.fromEntries(
  documentWants.map((want) => [want, { source, entityType: 'customer', fields: ['documents', want] }]),
) as unknown as Record<DocumentWant, CacheKind>;
const byInternalId: CacheKind = { source, entityType: 'customerRecord', fields: ['customer'] };
const ledger: CacheKind = { source, entityType: 'ledger', fields: ['cash', 'sums'] };
const recurring: CacheKind = { source, entityType: 'recurring', fields: ['sums'] };

export function createCachedReads(client: NetSuiteClient, cache: Cache): CachedReads {
  return {
    customers: cache.of({
      kindOf: () => customer,
      idOf: (accountId: string) => accountId,
      load: async (accountIds) =>
        groupRows(
          accountIds,
          await client.customers(accountIds),
          ({ externalId }) => externalId,
          ({ internalId }) => internalId,
        ),
    }),
    customersByInternalId: cache.of({
      kindOf: () => byInternalId,
      idOf: (internalId: string) => internalId,
      load: async (internalIds) =>
        pickRows(internalIds, await client.customersByInternalId(internalIds), ({ internalId }) => internalId),
    }),
    documents: cache.of({
      kindOf: ({ want }: DocumentKey) => documents[want],
      idOf: ({ accountId }) => accountId,
      load: (keys) => loadDocuments(client, keys),
    }),
    ledger: cache.of({
      kindOf: () => ledger,
      idOf: (company: 'company') => company,
      load: async () => [await client.ledger()],
    }),
    recurring: cache.of({
      kindOf: () => recurring,
      idOf: (today: string) => today,
      load: (days) => Promise.all(days.map((today) => client.recurring(today))),
    }),
  };
}
