import { createGroupLoader, createLoader } from '@customer360/kit/loader';
import type { InvoiceFilter, PaymentStatus } from './definitions/invoices.ts';
import { matchesFilter, paymentStatus } from './definitions/invoices.ts';
import type { DocumentWant } from './document-loader.ts';
import { createDocumentLoader } from './document-loader.ts';
import type { ErpCustomer, ErpInvoice, ErpOrder, Ledger, NetSuiteClient, RecurringSum } from './model.ts';
import { createReads } from './reads.ts';

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
  /** When the earliest of this request's reads about the account began; reads it when nothing else did. */
  accountReadAt(accountId: string): Promise<Date | null>;
  /** When the earliest of this request's reads of company figures began; null when none was asked for. */
  companyReadAt(): Promise<Date | null>;
}

const company = 'company';
const wantFor = { OPEN: 'open', OVERDUE: 'open', PAID: 'paid', ALL: 'all' } as const;

/** One per request: what is asked for in the same tick shares calls, and nothing outlives the request. */
export function createNetSuiteSource(
  client: NetSuiteClient,
  clock: () => Date,
  dayOf: (instant: Date) => string,
): NetSuiteSource {
  const today = dayOf(clock());
  const reads = createReads(clock);
  let ledger: Promise<Ledger> | undefined;
  let recurring: Promise<RecurringSum[]> | undefined;

  const customers = createGroupLoader({
    load: client.customers,
    keyOf: ({ externalId }) => externalId,
    idOf: ({ internalId }) => internalId,
  });
  const byInternalId = createLoader({ load: client.customersByInternalId, keyOf: ({ internalId }) => internalId });
  const documents = createDocumentLoader(client);

  const loadCustomers = (accountId: string) => reads.track(accountId, customers.load(accountId));
  const loadDocuments = (accountId: string, want: DocumentWant) =>
    reads.track(accountId, documents.load({ accountId, want }));

  return {
    today,
    async link(accountId) {
      const rows = await loadCustomers(accountId);
      const candidates = Math.max(rows.length, ...rows.map((row) => row.candidates));
      return { customer: candidates === 1 ? (rows[0] ?? null) : null, candidates };
    },
    customerByInternalId: (internalId) => byInternalId.load(internalId),
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
    ledger() {
      ledger ??= reads.track(company, client.ledger());
      return ledger;
    },
    recurring() {
      recurring ??= reads.track(company, client.recurring(today));
      return recurring;
    },
    async accountReadAt(accountId) {
      // Sibling fields are resolved in the same turn; after it their reads are known, and one of our own is not needed.
      await null;
      const known = await reads.earliest(accountId);
      if (known) return known;
      await loadCustomers(accountId);
      return reads.earliest(accountId);
    },
    async companyReadAt() {
      await null;
      return reads.earliest(company);
    },
  };
}

function newestFirst<Document extends { date: string; internalId: string }>(documents: readonly Document[]) {
  return [...documents].sort((a, b) => b.date.localeCompare(a.date) || Number(b.internalId) - Number(a.internalId));
}
