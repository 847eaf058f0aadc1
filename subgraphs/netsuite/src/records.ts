import { z } from 'zod';

/** SuiteQL sends every value as text and leaves nulls out; some releases send numbers for aggregates. */
const text = z.union([z.string(), z.number().transform(String)]);
const id = text.pipe(z.string().regex(/^-?\d+$/));
const count = text.pipe(z.string().regex(/^\d{1,9}$/)).transform(Number);
const amount = text.pipe(z.string().regex(/^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/));
const day = z.iso.date();

export const customerRow = z.object({
  id,
  externalid: z.string().nullish(),
  candidates: count,
  entityid: z.string().nullish(),
  companyname: z.string().nullish(),
  symbol: z.string(),
  terms: z.string().nullish(),
  creditlimit: amount.nullish(),
  balancesearch: amount,
  overduebalancesearch: amount,
  lifetimevalue: amount,
});

/** A customer with one of its documents, or with none. */
export const ownerRow = z.looseObject({ customer: id, externalid: z.string(), id: id.nullish() });

/** By any field that every document has, so that one without its id is not taken for a customer without documents. */
export const hasDocument = (row: z.output<typeof ownerRow>) =>
  [row.id, row.type, row.trandate, row.foreigntotal].some((value) => value != null);

export const documentRow = z.object({
  id,
  type: z.enum(['CustInvc', 'SalesOrd']),
  tranid: z.string().nullish(),
  status: z.string(),
  externalid: z.string(),
  trandate: day,
  duedate: day.nullish(),
  foreigntotal: amount,
  foreignamountunpaid: amount,
  symbol: z.string(),
});

export const ledgerRow = z.object({ accttype: z.enum(['Bank', 'Income', 'COGS']), periodstart: day, amount });

export const recurringRow = z.object({
  currency: id,
  exchangerate: amount,
  weekly: amount,
  monthly: amount,
  quarterly: amount,
  annually: amount,
});

export const suiteqlPage = z.object({
  items: z.array(z.unknown()),
  hasMore: z.boolean(),
  totalResults: z.number().int(),
});

/** The lifetime arrives as a number or as text. */
export const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

export const oauthError = z.object({ error: z.string() });
