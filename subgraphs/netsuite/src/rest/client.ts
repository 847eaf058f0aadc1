import { sumDecimals } from '@customer360/kit/decimal';
import { chunk } from '@customer360/kit/loader';
import type { z } from 'zod';
import type { DocumentsWanted, ErpCustomer, ErpInvoice, ErpOrder, InvoiceState, NetSuiteClient } from '../model.ts';
import type { Statement } from '../query.ts';
import { customersByExternalId, customersByInternalId, documents, ledger, maxInList, recurring } from '../query.ts';
import { customerRow, documentRow, ledgerRow, recurringRow } from '../records.ts';
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
  async function inChunks<Row>(ids: readonly string[], row: z.ZodType<Row>, statement: (ids: string[]) => Statement) {
    const pages = await Promise.all(chunk(ids, maxInList).map((part) => suiteql.rows(statement([...part]), row)));
    return pages.flat();
  }

  return {
    customers: async (ids) => (await inChunks(ids, customerRow, customersByExternalId)).map(toCustomer),
    customersByInternalId: async (ids) => (await inChunks(ids, customerRow, customersByInternalId)).map(toCustomer),
    documents: async (ids, wanted: DocumentsWanted) => {
      const rows = await inChunks(ids, documentRow, (part) => documents(part, wanted));
      return rows.map(toDocument);
    },
    async ledger() {
      const sums = (await suiteql.rows(ledger, ledgerRow)).map((row) => ({
        account: accountKinds[row.accttype],
        periodStart: row.periodstart,
        amount: row.amount,
      }));
      const cash = sums.filter(({ account }) => account === 'bank').map(({ amount }) => amount);
      return { cash: sumDecimals(cash).toFixed(), sums };
    },
    async recurring(today) {
      const rows = await suiteql.rows(recurring(today), recurringRow);
      return rows.map((row) => ({
        exchangeRate: row.exchangerate,
        weekly: row.weekly ?? '0',
        monthly: row.monthly ?? '0',
        quarterly: row.quarterly ?? '0',
        annually: row.annually ?? '0',
      }));
    },
    warmUp: suiteql.warmUp,
  };
}

function toCustomer(row: z.output<typeof customerRow>): ErpCustomer {
  return {
    internalId: row.id,
    externalId: row.externalid ?? null,
    candidates: row.candidates,
    companyName: row.companyname ?? row.entityid ?? row.id,
    currency: row.symbol,
    terms: row.terms ?? null,
    creditLimit: row.creditlimit ?? null,
    openBalance: row.balancesearch ?? '0',
    overdueBalance: row.overduebalancesearch ?? '0',
    lifetimeValue: row.lifetimevalue ?? '0',
  };
}

function toDocument(row: z.output<typeof documentRow>): ErpInvoice | ErpOrder {
  const common = {
    internalId: row.id,
    number: row.tranid ?? row.id,
    accountId: row.externalid,
    candidates: row.candidates,
    date: row.trandate,
    currency: row.symbol,
    total: row.foreigntotal,
  };
  if (row.type === 'SalesOrd') {
    return { ...common, kind: 'order', status: orderStatuses[row.status ?? ''] ?? 'Unknown' };
  }
  return {
    ...common,
    kind: 'invoice',
    state: invoiceStates[row.status ?? ''] ?? 'OTHER',
    dueDate: row.duedate ?? null,
    remaining: row.foreignamountunpaid ?? '0',
  };
}
