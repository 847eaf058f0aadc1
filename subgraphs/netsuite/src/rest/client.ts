import { sumDecimals } from '@customer360/kit/decimal';
import { readAs } from '@customer360/kit/http';
import { chunk } from '@customer360/kit/loader';
import { z } from 'zod';
import { byAccount } from '../account-documents.ts';
import { present } from '../complete.ts';
import type { ErpCustomer, ErpInvoice, ErpOrder, InvoiceState, LinkedCustomer, NetSuiteClient } from '../model.ts';
import type { Statement } from '../query.ts';
import { customersByExternalId, customersByInternalId, documents, ledger, maxInList, recurring } from '../query.ts';
import { customerRow, documentRow, hasDocument, ledgerRow, ownerRow, recurringRow } from '../records.ts';
import type { SuiteQl } from './suiteql.ts';

const invoiceStates: Record<string, InvoiceState> = {
  A: 'OPEN',
  B: 'PAID_IN_FULL',
  D: 'PENDING_APPROVAL',
  V: 'VOIDED',
};

const orderStatuses: Record<string, string> = {
  A: 'Pending Approval',
  B: 'Pending Fulfillment',
  C: 'Cancelled',
  D: 'Partially Fulfilled',
  E: 'Pending Billing/Partially Fulfilled',
  F: 'Pending Billing',
  G: 'Billed',
  H: 'Closed',
};

const accountKinds = { Bank: 'bank', Income: 'income', COGS: 'cogs' } as const;

/** Reads NetSuite through SuiteQL over REST. One per process. */
export function createRestClient(suiteql: SuiteQl): NetSuiteClient {
  const inChunks = async <Row>(ids: readonly string[], read: (part: string[]) => Promise<Row[]>) =>
    (await Promise.all(chunk(ids, maxInList).map(read))).flat();
  const customers = (statement: Statement) => suiteql.rows(statement, customerRow, ({ id }) => id);

  return {
    customers: (ids) =>
      inChunks(ids, async (part) => (await customers(customersByExternalId(part))).map(toLinkedCustomer)),
    customersByInternalId: (ids) =>
      inChunks(ids, async (part) => (await customers(customersByInternalId(part))).map(toCustomer)),
    documents: (ids, wanted) =>
      inChunks(ids, async (part) => {
        const keyOf = ({ customer, id }: z.output<typeof ownerRow>) => `${customer}:${id ?? ''}`;
        const rows = await suiteql.rows(documents(part, wanted), ownerRow, keyOf);
        const found = readAs('NETSUITE', z.array(documentRow), rows.filter(hasDocument));
        const owners = rows.map(({ customer, externalid }) => ({ internalId: customer, accountId: externalid }));
        return byAccount(owners, found.map(toDocument));
      }),
    async ledger() {
      const rows = await suiteql.rows(ledger, ledgerRow, ({ accttype, periodstart }) => `${accttype}:${periodstart}`);
      const sums = rows.map((row) => ({
        account: accountKinds[row.accttype],
        periodStart: row.periodstart,
        amount: row.amount,
      }));
      const cash = sums.filter(({ account }) => account === 'bank').map(({ amount }) => amount);
      return { cash: sumDecimals(cash).toFixed(), sums };
    },
    async recurring(today) {
      const keyOf = ({ currency, exchangerate }: z.output<typeof recurringRow>) => `${currency}:${exchangerate}`;
      const rows = await suiteql.rows(recurring(today), recurringRow, keyOf);
      return rows.map((row) => ({
        exchangeRate: row.exchangerate,
        weekly: row.weekly,
        monthly: row.monthly,
        quarterly: row.quarterly,
        annually: row.annually,
      }));
    },
    warmUp: suiteql.warmUp,
  };
}

function toCustomer(row: z.output<typeof customerRow>): ErpCustomer {
  return {
    internalId: row.id,
    externalId: row.externalid ?? null,
    companyName: row.companyname ?? row.entityid ?? row.id,
    currency: row.symbol,
    terms: row.terms ?? null,
    creditLimit: row.creditlimit ?? null,
    openBalance: row.balancesearch,
    overdueBalance: row.overduebalancesearch,
    lifetimeValue: row.lifetimevalue,
  };
}

function toLinkedCustomer(row: z.output<typeof customerRow>): LinkedCustomer {
  const externalId = present(row.externalid, 'externalid');
  return { ...toCustomer(row), externalId, candidates: row.candidates };
}

function toDocument(row: z.output<typeof documentRow>): ErpInvoice | ErpOrder {
  const common = {
    internalId: row.id,
    number: row.tranid ?? row.id,
    accountId: row.externalid,
    date: row.trandate,
    currency: row.symbol,
    total: row.foreigntotal,
  };
  if (row.type === 'SalesOrd') {
    return { ...common, kind: 'order', status: orderStatuses[row.status] ?? 'Unknown' };
  }
  return {
    ...common,
    kind: 'invoice',
    state: invoiceStates[row.status] ?? 'OTHER',
    dueDate: row.duedate ?? null,
    remaining: row.foreignamountunpaid,
  };
}
