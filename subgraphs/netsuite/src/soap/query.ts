import type { DocumentsWanted } from '../model.ts';

/** A request body as the SOAP library writes it; prefixes are those of `namespaces`. */
export type Body = Record<string, unknown>;

/*
 * NetSuite's search criteria are an XSD sequence in alphabetical order, and the library keeps the order of keys, so
 * keys stand alphabetically here.
 */

const anyOf = (values: readonly unknown[]) => ({
  attributes: { operator: 'anyOf' },
  'platformCore:searchValue': values,
});
const noneOf = (values: readonly unknown[]) => ({ ...anyOf(values), attributes: { operator: 'noneOf' } });
const isTrue = { 'platformCore:searchValue': 'true' };
const byExternalId = (ids: readonly string[]) =>
  anyOf(ids.map((externalId) => ({ attributes: { externalId, type: 'customer' } })));
const byInternalId = (ids: readonly string[]) =>
  anyOf(ids.map((internalId) => ({ attributes: { internalId, type: 'customer' } })));

const columns = (...names: string[]) => Object.fromEntries(names.map((name) => [`platformCommon:${name}`, '']));

const search = (type: string, criteria: Body): Body => ({
  searchRecord: { attributes: { 'xsi:type': type }, ...criteria },
});

export const customersByExternalId = (ids: readonly string[]) =>
  search('listRel:CustomerSearch', { 'listRel:basic': { 'platformCommon:externalId': byExternalId(ids) } });

export const customersByInternalId = (ids: readonly string[]) =>
  search('listRel:CustomerSearch', { 'listRel:basic': { 'platformCommon:internalId': byInternalId(ids) } });

/** Without `mainLine` a transaction would come once for each of its lines. */
const transactions = (basic: Body, customerCriteria?: Body) =>
  search('tranSales:TransactionSearch', {
    'tranSales:basic': { 'platformCommon:mainLine': isTrue, ...basic },
    ...(customerCriteria ? { 'tranSales:customerJoin': customerCriteria } : {}),
  });

/** Totals of the invoices and credit memos of customers, as columns: whole records would be twenty times the size. */
export const billedOf = (customerCriteria: Body) =>
  search('tranSales:TransactionSearchAdvanced', {
    'tranSales:criteria': {
      'tranSales:basic': {
        'platformCommon:mainLine': isTrue,
        'platformCommon:type': anyOf(['_invoice', '_creditMemo']),
      },
      'tranSales:customerJoin': customerCriteria,
    },
    'tranSales:columns': { 'tranSales:basic': columns('entity', 'internalId', 'total', 'type') },
  });

export const externalIds = (ids: readonly string[]): Body => ({ 'platformCommon:externalId': byExternalId(ids) });
export const internalIds = (ids: readonly string[]): Body => ({ 'platformCommon:internalId': byInternalId(ids) });

const invoiceStatuses = { open: ['_invoiceOpen'], paid: ['_invoicePaidInFull'], all: [], none: [] };

export function documents(ids: readonly string[], wanted: DocumentsWanted): Body {
  const types = [...(wanted.invoices === 'none' ? [] : ['_invoice']), ...(wanted.orders ? ['_salesOrder'] : [])];
  // A status narrows every type of the search, so it can be asked for only when invoices are alone.
  const statuses = wanted.orders ? [] : invoiceStatuses[wanted.invoices];
  return transactions(
    {
      ...(statuses.length > 0 ? { 'platformCommon:status': anyOf(statuses) } : {}),
      'platformCommon:type': anyOf(types),
    },
    externalIds(ids),
  );
}

/** Sales orders that may recur today: which of them run is told by their dates. */
export const subscriptionOrders = transactions({
  'platformCommon:status': noneOf(['_salesOrderPendingApproval', '_salesOrderCancelled', '_salesOrderClosed']),
  'platformCommon:type': anyOf(['_salesOrder']),
});

/** An account record has no balance: only a column of a search does. */
export const ledgerAccounts = search('listAcct:AccountSearchAdvanced', {
  'listAcct:criteria': {
    'listAcct:basic': { 'platformCommon:type': anyOf(['_bank', '_income', '_costOfGoodsSold']) },
  },
  'listAcct:columns': {
    'listAcct:basic': columns('balance', 'internalId', 'type'),
  },
});

export const accountingPeriods = search('listAcct:AccountingPeriodSearch', {
  'listAcct:basic': {
    'platformCommon:isQuarter': { 'platformCore:searchValue': 'false' },
    'platformCommon:isYear': { 'platformCore:searchValue': 'false' },
  },
});

/** Postings summed by period and account. */
export const postingSummary = (pageIndex: number): Body => ({
  fields: { 'platformCore:period': 'true', 'platformCore:account': 'true' },
  filters: {},
  pageIndex,
});
