import { z } from 'zod';

/** The library gives an element with attributes as an object, one without as text, and an empty one as null. */
const text = z.union([
  z.string(),
  z.number().transform(String),
  z.boolean().transform(String),
  z.object({ $value: z.union([z.string(), z.number().transform(String)]) }).transform(({ $value }) => $value),
]);
const amount = text.pipe(z.string().regex(/^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/));
/** The day as the account sees it; its zone offset follows and is left out. */
const day = text.pipe(z.string().regex(/^\d{4}-\d{2}-\d{2}/)).transform((instant) => instant.slice(0, 10));
const count = text.pipe(z.string().regex(/^\d{1,9}$/)).transform(Number);
const flag = text.pipe(z.enum(['true', 'false'])).transform((value) => value === 'true');

const reference = z.object({
  attributes: z.object({ internalId: z.string().regex(/^-?\d+$/) }),
  name: text.nullish(),
});

/** A list of one comes as the one itself. */
const list = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (value == null ? [] : Array.isArray(value) ? value : [value]), z.array(item));

const statusDetail = z.object({ code: text.nullish() });
export const status = z.object({
  attributes: z.object({ isSuccess: flag }),
  statusDetail: list(statusDetail).optional(),
});

/** Read before the rest, because a refusal carries nothing else. */
export const judged = z.object({ status });

export const searchAnswer = z.object({ searchResult: judged });
export const searchResult = z.object({
  totalRecords: count,
  totalPages: count,
  searchId: text.nullish(),
  recordList: z.object({ record: list(z.unknown()) }).nullish(),
  searchRowList: z.object({ searchRow: list(z.unknown()) }).nullish(),
});

const recordAttributes = z.object({
  internalId: z.string().regex(/^-?\d+$/),
  externalId: z.string().nullish(),
  'xsi:type': z.string(),
});

export const customerRecord = z.object({
  attributes: recordAttributes,
  entityId: text.nullish(),
  companyName: text.nullish(),
  terms: reference.nullish(),
  creditLimit: amount.nullish(),
  balance: amount,
  overdueBalance: amount,
  currency: reference.extend({ name: text }),
});

export const transactionRecord = z.object({
  attributes: recordAttributes,
  entity: reference,
  tranId: text.nullish(),
  tranDate: day,
  dueDate: day.nullish(),
  startDate: day.nullish(),
  endDate: day.nullish(),
  currencyName: text,
  exchangeRate: amount.nullish(),
  total: amount,
  amountRemaining: amount.nullish(),
  status: text,
  recurWeekly: amount.nullish(),
  recurMonthly: amount.nullish(),
  recurQuarterly: amount.nullish(),
  recurAnnually: amount.nullish(),
});

const column = <Value extends z.ZodType>(searchValue: Value) => list(z.object({ searchValue }));
/** A column that a row always has. */
const fullColumn = <Value extends z.ZodType>(searchValue: Value) =>
  column(searchValue).refine((values) => values.length > 0, 'is empty');

export const accountRow = z.object({
  basic: z.object({
    balance: column(amount),
    internalId: fullColumn(reference),
    type: fullColumn(text.pipe(z.enum(['_bank', '_income', '_costOfGoodsSold']))),
  }),
});

export const billedRow = z.object({
  basic: z.object({
    entity: fullColumn(reference),
    internalId: fullColumn(reference),
    total: fullColumn(amount),
    type: fullColumn(text.pipe(z.enum(['_invoice', '_creditMemo']))),
  }),
});

/** The id of a row that asked for it as a column. */
export const rowId = ({ basic }: { basic: { internalId: { searchValue: z.output<typeof reference> }[] } }) =>
  basic.internalId[0]?.searchValue.attributes.internalId ?? '';

export const recordId = ({ attributes }: { attributes: { internalId: string } }) => attributes.internalId;

export const periodRecord = z.object({ attributes: recordAttributes, startDate: day });

export const summaryAnswer = z.object({ getPostingTransactionSummaryResult: judged });
export const summaryResult = z.object({
  totalRecords: count,
  totalPages: count,
  postingTransactionSummaryList: z
    .object({
      postingTransactionSummary: list(z.object({ period: reference, account: reference, amount })),
    })
    .nullish(),
});
