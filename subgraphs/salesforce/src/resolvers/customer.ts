import { decimal, toFloat, toMoney } from '@customer360/kit/decimal';
import { readSalesforceId } from '@customer360/kit/salesforce-id';
import { printCursor } from '../arguments.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import type { Profile } from '../parents.ts';
import { loadProfile, readOpportunities, readTickets } from '../profiles.ts';
import type { AccountRecord } from '../records.ts';

const cursorOf = ({ Name, Id }: AccountRecord) => printCursor([Name, Id]);

const toProfile = (account: AccountRecord): Profile => ({
  accountId: account.Id,
  account: async () => account,
});

export const customerResolvers: Pick<Resolvers, 'CustomerProfile' | 'Account' | 'CustomerConnection'> = {
  CustomerProfile: {
    __resolveReference: ({ accountId }, context, info) => loadProfile(accountId, 'accountId', context, info),
    name: async (profile) => profile.name ?? (await profile.account())?.Name ?? null,
    industry: async (profile) => (await profile.account())?.Industry ?? null,
    employeeCount: async (profile) => (await profile.account())?.NumberOfEmployees ?? null,
    annualRevenue: async (profile, _, { currency }) => {
      const revenue = (await profile.account())?.AnnualRevenue;
      return revenue == null ? null : toMoney(revenue, currency);
    },
    website: async (profile) => (await profile.account())?.Website ?? null,
    ownerName: async (profile) => (await profile.account())?.Owner?.Name ?? null,
    openTickets: ({ accountId }, args, context) => readTickets(accountId, args, context),
    opportunities: ({ accountId }, args, context) => readOpportunities(accountId, args, context),
    account: (profile) => profile.account(),
    crmFreshness: async (profile, _, { reads }) => {
      const account = await profile.account();
      return account && reads.freshness([account.read]);
    },
  },
  Account: {
    __resolveReference: ({ accountId }, { source }) => source.account(readSalesforceId(accountId, 'accountId')),
    accountId: ({ Id }) => Id,
    name: ({ Name }) => Name,
    industry: ({ Industry }) => Industry ?? null,
    employeeCount: ({ NumberOfEmployees }) => NumberOfEmployees ?? null,
    annualRevenue: ({ AnnualRevenue }) => (AnnualRevenue == null ? null : toFloat(decimal(AnnualRevenue))),
    ownerId: ({ OwnerId }) => OwnerId ?? null,
  },
  CustomerConnection: {
    edges: ({ accounts }) => accounts.map((account) => ({ cursor: cursorOf(account), node: toProfile(account) })),
    nodes: ({ accounts }) => accounts.map(toProfile),
    totalCount: (page) => page.count(),
    pageInfo: ({ accounts, hasNextPage, hasPreviousPage }) => {
      const [first] = accounts;
      const last = accounts.at(-1);
      return {
        hasNextPage,
        hasPreviousPage,
        startCursor: first ? cursorOf(first) : null,
        endCursor: last ? cursorOf(last) : null,
      };
    },
  },
};
