import { sumDecimals } from '@customer360/kit/decimal';
import { UpstreamError } from '@customer360/kit/errors';
import { chunk } from '@customer360/kit/loader';
import type { z } from 'zod';
import type { ErpCustomer, LedgerSum, NetSuiteSource, RecurringSum } from '../source.ts';
import type { SoapClient } from './client.ts';
import { toDocument } from './documents.ts';
import type { Body } from './query.ts';
import {
  accountingPeriods,
  billedOf,
  customersByExternalId,
  customersByInternalId,
  documents,
  externalIds,
  internalIds,
  ledgerAccounts,
  subscriptionOrders,
} from './query.ts';
import { accountRow, customerRecord, periodRecord, transactionRecord } from './records.ts';
import { searchAll, summariseAll } from './search.ts';

type Customer = z.output<typeof customerRecord>;
type Transaction = z.output<typeof transactionRecord>;

/** As long an id list as SuiteQL takes. */
const maxIds = 1000;

const accountKinds: Record<string, LedgerSum['account']> = {
  _bank: 'bank',
  _income: 'income',
  _costOfGoodsSold: 'cogs',
};

/** Reads NetSuite through SuiteTalk SOAP. One per process. */
export function createSoapSource(client: SoapClient): NetSuiteSource {
  const searchCustomers = (body: Body) => searchAll(client, body, customerRecord);
  const searchTransactions = (body: Body) => searchAll(client, body, transactionRecord);

  /** A customer record has no lifetime value: it is summed from the customer's documents, read at the same time. */
  const withLifetimeValue = async (customers: Promise<Customer[]>, billed: Promise<Transaction[]>) => {
    const [found, documentsOf] = await Promise.all([customers, billed]);
    const claims = countClaims(found);
    const totals = Map.groupBy(documentsOf, ({ entity }) => entity.attributes.internalId);
    return found.map((each) => toCustomer(each, claims, totals.get(each.attributes.internalId) ?? []));
  };
  const inChunks = async <Row>(ids: readonly string[], read: (part: string[]) => Promise<Row[]>) =>
    (await Promise.all(chunk(ids, maxIds).map(read))).flat();

  return {
    customers: (ids) =>
      inChunks(ids, (part) =>
        withLifetimeValue(
          searchCustomers(customersByExternalId(part)),
          searchTransactions(billedOf(externalIds(part))),
        ),
      ),
    customersByInternalId: (ids) =>
      inChunks(ids, (part) =>
        withLifetimeValue(
          searchCustomers(customersByInternalId(part)),
          searchTransactions(billedOf(internalIds(part))),
        ),
      ),
    documents: (ids, wanted) =>
      inChunks(ids, async (part) => {
        const [customers, found] = await Promise.all([
          searchCustomers(customersByExternalId(part)),
          searchTransactions(documents(part, wanted)),
        ]);
        const claims = countClaims(customers);
        const owners = new Map(customers.map(({ attributes }) => [attributes.internalId, attributes.externalId]));
        return found.flatMap((transaction) => {
          // A document whose owner did not come is left out: it cannot be told whose it is.
          const accountId = owners.get(transaction.entity.attributes.internalId);
          const document = accountId ? toDocument(transaction, accountId, claims.get(accountId) ?? 1) : null;
          return document ? [document] : [];
        });
      }),
    async ledger() {
      const [accounts, periods, summaries] = await Promise.all([
        searchAll(client, ledgerAccounts, accountRow),
        searchAll(client, accountingPeriods, periodRecord),
        summariseAll(client),
      ]);
      const rows = accounts.map(({ basic }) => ({
        id: basic.internalId[0]?.searchValue.attributes.internalId ?? '',
        kind: accountKinds[basic.type[0]?.searchValue ?? ''],
        balance: basic.balance[0]?.searchValue ?? '0',
      }));
      const kinds = new Map(rows.map(({ id, kind }) => [id, kind]));
      const starts = new Map(periods.map(({ attributes, startDate }) => [attributes.internalId, startDate]));
      const sums = summaries.flatMap(({ account, period, amount }): LedgerSum[] => {
        const kind = kinds.get(account.attributes.internalId);
        const periodStart = starts.get(period.attributes.internalId);
        return kind && periodStart ? [{ account: kind, periodStart, amount }] : [];
      });
      const cash = rows.filter(({ kind }) => kind === 'bank').map(({ balance }) => balance);
      return { cash: sumDecimals(cash).toFixed(), sums };
    },
    async recurring(today) {
      const orders = await searchTransactions(subscriptionOrders);
      return orders.filter((order) => runsOn(order, today)).map(toRecurring);
    },
  };
}

function countClaims(customers: readonly Customer[]): Map<string, number> {
  const ids = new Map(customers.map(({ attributes }) => [attributes.internalId, attributes.externalId]));
  const claims = new Map<string, number>();
  for (const externalId of ids.values()) if (externalId) claims.set(externalId, (claims.get(externalId) ?? 0) + 1);
  return claims;
}

function toCustomer(record: Customer, claims: Map<string, number>, billed: readonly Transaction[]): ErpCustomer {
  const { internalId, externalId = null } = record.attributes;
  const distinct = new Map(billed.map((each) => [each.attributes.internalId, each])).values();
  const signed = [...distinct].map(({ attributes, total }) => {
    const type = attributes['xsi:type'].replace(/^.*:/, '');
    if (type === 'Invoice') return total;
    // Whichever sign the credit is printed with, it lowers the value.
    if (type === 'CreditMemo') return total.startsWith('-') ? total : `-${total}`;
    throw new UpstreamError('NETSUITE', 'malformed', 'sent documents of a kind that was not asked for');
  });
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
    lifetimeValue: sumDecimals(signed).toFixed(),
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
