import { chunk } from '@customer360/kit/loader';
import type { z } from 'zod';
import { byAccount } from '../account-documents.ts';
import type { ErpCustomer, NetSuiteClient, RecurringSum } from '../model.ts';
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
    const claims = countClaims(found);
    const values = lifetimeValues(rows);
    return found.map((each) => toCustomer(each, claims, values.get(each.attributes.internalId) ?? '0'));
  };

  return {
    customers: (ids) =>
      inChunks(ids, (part) => customersWithValue(customersByExternalId(part), billedOf(externalIds(part)))),
    customersByInternalId: (ids) =>
      inChunks(ids, (part) => customersWithValue(customersByInternalId(part), billedOf(internalIds(part)))),
    documents: (ids, wanted) =>
      inChunks(ids, async (part) => {
        const [customers, found] = await Promise.all([
          searchCustomers(customersByExternalId(part)),
          searchTransactions(documents(part, wanted)),
        ]);
        const owners = customers.flatMap(({ attributes: { internalId, externalId } }) =>
          externalId ? [{ internalId, accountId: externalId }] : [],
        );
        const accountIds = new Map(owners.map(({ internalId, accountId }) => [internalId, accountId]));
        const known = found.flatMap((transaction) => {
          // A document whose owner changed between the two reads is left out: it cannot be told whose it is.
          const accountId = accountIds.get(transaction.entity.attributes.internalId);
          return (accountId && toDocument(transaction, accountId)) || [];
        });
        return byAccount(owners, known);
      }),
    ledger: () => readLedger(connection),
    async recurring(today) {
      const orders = await searchTransactions(subscriptionOrders);
      return orders.filter((order) => runsOn(order, today)).map(toRecurring);
    },
    warmUp: connection.warmUp,
  };
}

function countClaims(customers: readonly Customer[]): Map<string, number> {
  const claims = new Map<string, number>();
  for (const { externalId } of customers.map(({ attributes }) => attributes))
    if (externalId) claims.set(externalId, (claims.get(externalId) ?? 0) + 1);
  return claims;
}

function toCustomer(record: Customer, claims: Map<string, number>, lifetimeValue: string): ErpCustomer {
  const { internalId, externalId = null } = record.attributes;
  return {
    internalId,
    externalId,
    candidates: externalId === null ? 0 : (claims.get(externalId) ?? 0),
    companyName: record.companyName ?? record.entityId ?? internalId,
    currency: record.currency.name,
    terms: record.terms?.name ?? null,
    creditLimit: record.creditLimit ?? null,
    openBalance: record.balance ?? '0',
    overdueBalance: record.overdueBalance ?? '0',
    lifetimeValue,
  };
}

function runsOn({ startDate, endDate }: Transaction, today: string): boolean {
  return startDate != null && startDate <= today && (endDate == null || endDate >= today);
}

function toRecurring(order: Transaction): RecurringSum {
  return {
    exchangeRate: order.exchangeRate ?? '1',
    weekly: order.recurWeekly ?? '0',
    monthly: order.recurMonthly ?? '0',
    quarterly: order.recurQuarterly ?? '0',
    annually: order.recurAnnually ?? '0',
  };
}
