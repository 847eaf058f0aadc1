import { liveFreshness } from '@customer360/kit/freshness';
import { readFirst } from '@customer360/kit/page';
import { readSalesforceId } from '@customer360/kit/salesforce-id';
import { scalars } from '@customer360/kit/scalars';
import type { Context } from './context.ts';
import type { Resolvers } from './generated/resolvers.ts';
import { byScore, engagementScore, lastCampaign, lastTouch, leadSource } from './people.ts';

const dashboardCampaigns = 50;

const peopleOf = async (accountId: string, { source }: Context) => (await source.peopleOf(accountId)).value;

export const resolvers: Resolvers = {
  ...scalars,
  Query: {
    getCustomer360: (_, { accountId }) => ({ accountId: readSalesforceId(accountId, 'accountId') }),
    customer: (_, { id }) => ({ accountId: readSalesforceId(id, 'id') }),
    getDashboardMetrics: () => ({}),
    async campaigns(_, { active, first }, { source }) {
      const count = readFirst(first, 50);
      const { value } = await source.campaigns();
      return value.filter((campaign) => active == null || campaign.active === active).slice(0, count);
    },
  },
  CustomerProfile: {
    __resolveReference: ({ accountId }) => ({ accountId: readSalesforceId(accountId, 'accountId') }),
    leadSource: async ({ accountId }, _, context) => leadSource(await peopleOf(accountId, context)),
    lastCampaign: async ({ accountId }, _, context) => lastCampaign(await peopleOf(accountId, context)),
    engagementScore: async ({ accountId }, _, context) => engagementScore(await peopleOf(accountId, context)),
    lastMarketingTouch: async ({ accountId }, _, context) => lastTouch(await peopleOf(accountId, context)),
    async marketingPeople({ accountId }, { first }, context) {
      const count = readFirst(first, 20);
      return byScore(await peopleOf(accountId, context)).slice(0, count);
    },
    async marketingFreshness({ accountId }, _, { source }) {
      return liveFreshness('MARKETO', (await source.peopleOf(accountId)).loadedAt);
    },
  },
  Account: {
    __resolveReference: ({ accountId }) => ({ accountId: readSalesforceId(accountId, 'accountId') }),
    marketingProfile: async ({ accountId }, _, context) => byScore(await peopleOf(accountId, context))[0] ?? null,
  },
  Deal: {
    __resolveReference: ({ opportunityId, accountId }) => ({
      opportunityId,
      accountId: accountId == null ? null : readSalesforceId(accountId, 'accountId'),
    }),
    lastMarketingTouch: async ({ accountId }, _, context) =>
      accountId ? lastTouch(await peopleOf(accountId, context)) : null,
    async marketingFreshness({ accountId }, _, { source }) {
      return accountId ? liveFreshness('MARKETO', (await source.peopleOf(accountId)).loadedAt) : null;
    },
  },
  Marketing_Lead: {
    __resolveReference: ({ leadId }, { source }) => source.person(leadId),
    leadId: ({ id }) => id,
  },
  MarketingTouch: {
    occurredAt: ({ occurredAt }) => occurredAt.toISOString(),
  },
  Campaign: {
    __resolveReference: ({ campaignId }, { source }) => source.campaign(campaignId),
    campaignId: ({ id }) => id,
    async name({ id, name }, _, { source }) {
      // A program that was deleted since is still named by its id.
      return name ?? (await source.campaign(id))?.name ?? id;
    },
    channel: async ({ id }, _, { source }) => (await source.campaign(id))?.channel ?? null,
    status: async ({ id }, _, { source }) => (await source.campaign(id))?.status ?? null,
    spend: async ({ id }, _, { source }) => (await source.figures(id)).value?.spend ?? null,
    attributedRevenue: async ({ id }, _, { source }) => (await source.figures(id)).value?.attributedRevenue ?? null,
    leadsGenerated: async ({ id }, _, { source }) => (await source.figures(id)).value?.leadsGenerated ?? null,
    attributionAsOf: async ({ id }, _, { source }) => (await source.figures(id)).loadedAt.toISOString(),
  },
  DashboardData: {
    async marketing(_parent, _arguments, { source }) {
      const { value } = await source.campaigns();
      return value.filter((campaign) => campaign.active).slice(0, dashboardCampaigns);
    },
    async marketingFreshness(_parent, _arguments, { source }) {
      return liveFreshness('MARKETO', (await source.campaigns()).loadedAt);
    },
  },
};
