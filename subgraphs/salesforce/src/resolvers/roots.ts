import { UserInputError } from '@customer360/kit/errors';
import { readFirst } from '@customer360/kit/page';
import { selectedFields } from '@customer360/kit/selection';
import { z } from 'zod';
import { badCursor, readCursor, readSearch } from '../arguments.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';
import type { DealOrder } from '../pipeline-query.ts';
import { loadProfile } from '../profiles.ts';

/** Salesforce pages no deeper by offset. */
const maxOffset = 2000;
const readOrder = (order: Partial<DealOrder> | null | undefined): DealOrder => ({
  field: order?.field ?? 'CLOSE_DATE',
  direction: order?.direction ?? 'ASC',
});

const dealCursor = z.number().int().min(0);
const customerCursor = z.tuple([z.string(), z.string().regex(/^[a-zA-Z0-9]{18}$/)]);

function readAfter<Position>(schema: z.ZodType<Position>, after: string | null | undefined): Position | null {
  if (after == null) return null;
  const parsed = schema.safeParse(readCursor(after));
  if (!parsed.success) throw badCursor();
  return parsed.data;
}

export const roots: QueryResolvers = {
  getCustomer360: (_, { accountId }, context, info) => loadProfile(accountId, 'accountId', context, info),
  customer: (_, { id }, context, info) => loadProfile(id, 'id', context, info),

  async customers(_, args, { source }, info) {
    const first = readFirst(args.first, 25);
    const search = readSearch(args.search);
    const after = readAfter(customerCursor, args.after);
    const count = selectedFields(info).has('totalCount') ? source.customerCount(search) : null;
    count?.catch(() => undefined);
    const accounts = await source.customers({ search, after, limit: first + 1 });
    return {
      accounts: accounts.slice(0, first),
      hasNextPage: accounts.length > first,
      hasPreviousPage: after !== null,
      count: () => count ?? source.customerCount(search),
    };
  },

  async getActivePipeline(_, { filters, orderBy, first }, { source }) {
    const limit = readFirst(first, 50);
    return (await source.deals({ filters: filters ?? {}, order: readOrder(orderBy), limit, offset: 0 })).deals;
  },

  async pipeline(_, args, { source }, info) {
    const first = readFirst(args.first, 50);
    const filters = args.filters ?? {};
    const last = readAfter(dealCursor, args.after);
    const offset = last === null ? 0 : last + 1;
    if (offset > maxOffset) {
      throw new UserInputError(`Pages reach ${maxOffset} deals deep; narrow the filters to see the rest.`, 'after');
    }
    const asked = selectedFields(info);
    const totals = asked.has('totalCount') || asked.has('totalValue') ? source.dealTotals(filters) : null;
    totals?.catch(() => undefined);
    const { deals, read } = await source.deals({
      filters,
      order: readOrder(args.orderBy),
      limit: first + 1,
      offset,
    });
    return {
      deals: deals.slice(0, first),
      offset,
      read,
      hasNextPage: deals.length > first && offset + first <= maxOffset,
      totals: () => totals ?? source.dealTotals(filters),
    };
  },

  opportunities: async (_, { isClosed, first }, { source }) =>
    source.opportunities({ isClosed: isClosed ?? null, first: readFirst(first, 200) }),

  getDashboardMetrics: (_, _args, { source }) => ({ stages: () => source.stages() }),
};
