import type { Freshness } from '@customer360/kit/freshness';
import { createCachedLoader } from '@customer360/kit/loader';
import type { ReadLog } from '@customer360/kit/reads';
import type { CachedReads } from './cache.ts';
import type { InvoiceFilter, PaymentStatus } from './definitions/invoices.ts';
import { matchesFilter, paymentStatus } from './definitions/invoices.ts';
import type { DocumentWant } from './documents.ts';
import type { ErpCustomer, ErpInvoice, ErpOrder, Ledger, RecurringSum } from './model.ts';
import { createSubjects } from './subjects.ts';

export interface Link {
  /** The one ERP customer of the account; null when there is none, or more than one. */
  customer: ErpCustomer | null;
  /** How many ERP customers carry the account id. */
  candidates: number;
}

/** What one request reads; fields asked together share their calls. Null where choosing a customer would be a guess. */
export interface NetSuiteSource {
  /** The calendar day of this request in the ERP account's time zone. */
  readonly today: string;
  link(accountId: string): Promise<Link>;
  customerByInternalId(internalId: string): Promise<ErpCustomer | null>;
  /** Newest first. */
  invoices(accountId: string, filter: InvoiceFilter): Promise<ErpInvoice[] | null>;
  /** Newest first. */
  orders(accountId: string): Promise<ErpOrder[] | null>;
  paymentStatus(accountId: string): Promise<PaymentStatus | null>;
  ledger(): Promise<Ledger>;
  recurring(): Promise<RecurringSum[]>;
  /** Of all that this request read about the account; reads it when nothing else did. */
  accountFreshness(accountId: string): Promise<Freshness | null>;
  /** Of all company figures that this request read; null when none was asked for. */
  companyFreshness(): Promise<Freshness | null>;
}

const company = 'company';
const wantFor = { OPEN: 'open', OVERDUE: 'open', PAID: 'paid', ALL: 'all' } as const;

/** One per request: what is asked for in the same tick shares calls. */
export function createNetSuiteSource(cached: CachedReads, reads: ReadLog, today: string): NetSuiteSource {
  const subjects = createSubjects();
  const customers = createCachedLoader(cached.customers, reads);
  const byInternalId = createCachedLoader(cached.customersByInternalId, reads);
  const documents = createCachedLoader(cached.documents, reads, {
    cacheKeyFn: ({ accountId, want }) => `${want}:${accountId}`,
  });
  const ledger = createCachedLoader(cached.ledger, reads);
  const recurring = createCachedLoader(cached.recurring, reads);

  const loadCustomers = (accountId: string) => subjects.track(accountId, customers.load(accountId));
  const loadDocuments = async (accountId: string, want: DocumentWant) =>
    (await subjects.track(accountId, documents.load({ accountId, want }))).value;

  return {
    today,
    async link(accountId) {
      const { value: rows } = await loadCustomers(accountId);
      const candidates = Math.max(rows.length, ...rows.map((row) => row.candidates));
      return { customer: candidates === 1 ? (rows[0] ?? null) : null, candidates };
    },
    customerByInternalId: async (internalId) => (await byInternalId.load(internalId)).value,
    async invoices(accountId, filter) {
      const { candidates, invoices } = await loadDocuments(accountId, wantFor[filter]);
      if (candidates > 1) return null;
      return newestFirst(invoices.filter((invoice) => matchesFilter(invoice, filter, today)));
    },
    async orders(accountId) {
      const { candidates, orders } = await loadDocuments(accountId, 'orders');
      return candidates > 1 ? null : newestFirst(orders);
    },
    async paymentStatus(accountId) {
      const { candidates, invoices } = await loadDocuments(accountId, 'all');
      return candidates > 1 ? null : paymentStatus(invoices, today);
    },
    ledger: async () => (await subjects.track(company, ledger.load(company))).value,
    recurring: async () => (await subjects.track(company, recurring.load(today))).value,
    async accountFreshness(accountId) {
      // Sibling fields are resolved in the same turn; after it their reads are known, and one of our own is not needed.
      await null;
      const known = await subjects.readsOf(accountId);
      return reads.freshness(known.length > 0 ? known : [await loadCustomers(accountId)]);
    },
    async companyFreshness() {
      await null;
      return reads.freshness(await subjects.readsOf(company));
    },
  };
}

function newestFirst<Document extends { date: string; internalId: string }>(documents: readonly Document[]) {
  return [...documents].sort((a, b) => b.date.localeCompare(a.date) || Number(b.internalId) - Number(a.internalId));
}
