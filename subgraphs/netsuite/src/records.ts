import { z } from 'zod';

/** SuiteQL sends every value as text and leaves nulls out; some releases send numbers for aggregates. */
const text = z.union([z.string(), z.number().transform(String)]);
const id = text.pipe(z.string().min(1));
const amount = text.pipe(z.string().regex(/^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/));
const day = z.iso.date();

export const customerRow = z.object({
  id,
  externalid: z.string().nullish(),
  /** 0 for a customer without an external id, which equals nothing. */
  candidates: z.coerce.number().int().min(0),
  entityid: z.string().nullish(),
  companyname: z.string().nullish(),
  symbol: z.string(),
  terms: z.string().nullish(),
  creditlimit: amount.nullish(),
  balancesearch: amount.nullish(),
  overduebalancesearch: amount.nullish(),
  lifetimevalue: amount.nullish(),
});

/** A customer with one of its documents, or with none. */
export const ownerRow = z.looseObject({ customer: id, externalid: z.string(), id: id.nullish() });

export const documentRow = z.object({
  id,
  type: z.enum(['CustInvc', 'SalesOrd']),
  tranid: z.string().nullish(),
  status: z.string().nullish(),
  externalid: z.string(),
  trandate: day,
  duedate: day.nullish(),
  foreigntotal: amount,
  foreignamountunpaid: amount.nullish(),
  symbol: z.string(),
});

export const ledgerRow = z.object({ accttype: z.enum(['Bank', 'Income', 'COGS']), periodstart: day, amount });

export const recurringRow = z.object({
  currency: id,
  exchangerate: amount,
  weekly: amount.nullish(),
  monthly: amount.nullish(),
  quarterly: amount.nullish(),
  annually: amount.nullish(),
});

export const suiteqlPage = z.object({
  items: z.array(z.unknown()),
  hasMore: z.boolean(),
  totalResults: z.number().int(),
});

/** The lifetime arrives as a number or as text. */
export const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

export const oauthError = z.object({ error: z.string() });
