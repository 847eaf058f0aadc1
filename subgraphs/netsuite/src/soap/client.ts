import { chunk } from '@customer360/kit/loader';
import type { z } from 'zod';
import { byAccount } from '../account-documents.ts';
import { present } from '../complete.ts';
import type { ErpCustomer, LinkedCustomer, NetSuiteClient, RecurringSum } from '../model.ts';
import type { SoapConnection } from './connection.ts';
import { toDocument } from './documents.ts';
import { readLedger } from './ledger.ts';
import { lifetimeValues } from './lifetime-value.ts';
import type { Body } from './query.ts';
import {
  billedOf,
  customersByExternalId,
  customersByInternalId,
  documents,
  externalIds,
  internalIds,
  subscriptionOrders,
} from './query.ts';
import { billedRow, customerRecord, recordId, rowId, transactionRecord } from './records.ts';
import { searchAll } from './search.ts';

type Customer = z.output<typeof customerRecord>;
type Transaction = z.output<typeof transactionRecord>;

/** As long an id list as SuiteQL takes. */
const maxIds = 1000;

/** Reads NetSuite through SuiteTalk SOAP. One per process. */
export function createSoapClient(connection: SoapConnection): NetSuiteClient {
  const searchCustomers = (body: Body) => searchAll(connection, body, customerRecord, recordId);
  const searchTransactions = (body: Body) => searchAll(connection, body, transactionRecord, recordId);
  const inChunks = async <Row>(ids: readonly string[], read: (part: string[]) => Promise<Row[]>) =>
    (await Promise.all(chunk(ids, maxIds).map(read))).flat();

  /** A customer record has no lifetime value: it is summed from the customer's documents, read at the same time. */
  const customersWithValue = async (customers: Body, billed: Body) => {
    const [found, rows] = await Promise.all([
      searchCustomers(customers),
      searchAll(connection, billed, billedRow, rowId),
    ]);
    const values = lifetimeValues(rows);
    return found.map((each) => toCustomer(each, values.get(each.attributes.internalId) ?? '0'));
  };

  return {
    customers: (ids) =>
      inChunks(ids, async (part) =>
        withClaims(await customersWithValue(customersByExternalId(part), billedOf(externalIds(part)))),
      ),
    customersByInternalId: (ids) =>
      inChunks(ids, (part) => customersWithValue(customersByInternalId(part), billedOf(internalIds(part)))),
    documents: (ids, wanted) =>
      inChunks(ids, async (part) => {
        const [customers, found] = await Promise.all([
          searchCustomers(customersByExternalId(part)),
          searchTransactions(documents(part, wanted)),
        ]);
        const owners = customers.map(({ attributes: { internalId, externalId } }) => ({
          internalId,
          accountId: present(externalId, 'externalId'),
        }));
        const accountIds = new Map(owners.map(({ internalId, accountId }) => [internalId, accountId]));
        const known = found.flatMap((transaction) => {
          // A document whose owner changed between the two reads is left out: it cannot be told whose it is.
          const accountId = accountIds.get(transaction.entity.attributes.internalId);
          return accountId ? [toDocument(transaction, accountId)] : [];
        });
        return byAccount(owners, known);
      }),
    ledger: () => readLedger(connection),
    async recurring(today) {
      const orders = await searchTransactions(subscriptionOrders);
      return orders.flatMap((order) => toRecurring(order).filter(() => runsOn(order, today)));
    },
    warmUp: connection.warmUp,
  };
}

function withClaims(customers: readonly ErpCustomer[]): LinkedCustomer[] {
  const claims = Map.groupBy(customers, ({ externalId }) => present(externalId, 'externalId'));
  return [...claims].flatMap(([externalId, claiming]) =>
    claiming.map((each) => ({ ...each, externalId, candidates: claiming.length })),
  );
}

function toCustomer(record: Customer, lifetimeValue: string): ErpCustomer {
  const { internalId, externalId = null } = record.attributes;
  return {
    internalId,
    externalId,
    companyName: record.companyName ?? record.entityId ?? internalId,
    currency: record.currency.name,
    terms: record.terms?.name ?? null,
    creditLimit: record.creditLimit ?? null,
    openBalance: record.balance,
    overdueBalance: record.overdueBalance,
    lifetimeValue,
  };
}

/** An order that is no subscription has none of these amounts; one that has some of them has lost the others. */
function toRecurring(order: Transaction): RecurringSum[] {
  const { recurWeekly, recurMonthly, recurQuarterly, recurAnnually } = order;
  if ([recurWeekly, recurMonthly, recurQuarterly, recurAnnually].every((amount) => amount == null)) return [];
  const amounts = {
    weekly: present(recurWeekly, 'recurWeekly'),
    monthly: present(recurMonthly, 'recurMonthly'),
    quarterly: present(recurQuarterly, 'recurQuarterly'),
    annually: present(recurAnnually, 'recurAnnually'),
  };
  if (Object.values(amounts).every((amount) => Number(amount) === 0)) return [];
  return [{ exchangeRate: present(order.exchangeRate, 'exchangeRate'), ...amounts }];
}

function runsOn({ startDate, endDate }: Transaction, today: string): boolean {
  return present(startDate, 'startDate') <= today && (endDate == null || endDate >= today);
}
