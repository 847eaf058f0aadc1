import { liveFreshness } from '@customer360/kit/freshness';
import { scalars } from '@customer360/kit/scalars';
import { checkAccountId } from './account-id.ts';
import { checkFirst } from './arguments.ts';
import type { Context } from './context.ts';
import type { Resolvers } from './generated/resolvers.ts';
import { byScore, engagementScore, lastCampaign, lastTouch, leadSource } from './people.ts';

const dashboardCampaigns = 50;

const peopleOf = async (accountId: string, { marketing }: Context) => (await marketing.peopleOf(accountId)).value;

export const resolvers: Resolvers = {
  DateTime: scalars.DateTime,
  Decimal: scalars.Decimal,
  Query: {
    getCustomer360: (_, { accountId }) => ({ accountId: checkAccountId(accountId, 'accountId') }),
    customer: (_, { id }) => ({ accountId: checkAccountId(id, 'id') }),
    getDashboardMetrics: () => ({}),
    async campaigns(_, { active, first }, { marketing }) {
      const count = checkFirst(first, 50);
      const { value } = await marketing.campaigns();
      return value.filter((campaign) => active == null || campaign.active === active).slice(0, count);
    },
  },
  CustomerProfile: {
    __resolveReference: ({ accountId }) => ({ accountId: checkAccountId(accountId, 'accountId') }),
    leadSource: async ({ accountId }, _, context) => leadSource(await peopleOf(accountId, context)),
    lastCampaign: async ({ accountId }, _, context) => lastCampaign(await peopleOf(accountId, context)),
    engagementScore: async ({ accountId }, _, context) => engagementScore(await peopleOf(accountId, context)),
    lastMarketingTouch: async ({ accountId }, _, context) => lastTouch(await peopleOf(accountId, context)),
    async marketingPeople({ accountId }, { first }, context) {
      const count = checkFirst(first, 20);
      return byScore(await peopleOf(accountId, context)).slice(0, count);
    },
    async marketingFreshness({ accountId }, _, { marketing }) {
      return liveFreshness('MARKETO', (await marketing.peopleOf(accountId)).loadedAt);
    },
  },
  Account: {
    __resolveReference: ({ accountId }) => ({ accountId: checkAccountId(accountId, 'accountId') }),
    marketingProfile: async ({ accountId }, _, context) => byScore(await peopleOf(accountId, context))[0] ?? null,
  },
  Deal: {
    __resolveReference: ({ opportunityId, accountId }) => ({ opportunityId, accountId: accountId ?? null }),
    lastMarketingTouch: async ({ accountId }, _, context) =>
      accountId ? lastTouch(await peopleOf(accountId, context)) : null,
    async marketingFreshness({ accountId }, _, { marketing }) {
      return accountId ? liveFreshness('MARKETO', (await marketing.peopleOf(accountId)).loadedAt) : null;
    },
  },
  Marketing_Lead: {
    __resolveReference: ({ leadId }, { marketing }) => marketing.person(leadId),
    leadId: ({ id }) => id,
  },
  MarketingTouch: {
    occurredAt: ({ occurredAt }) => occurredAt.toISOString(),
  },
  Campaign: {
    __resolveReference: ({ campaignId }, { marketing }) => marketing.campaign(campaignId),
    campaignId: ({ id }) => id,
    async name({ id, name }, _, { marketing }) {
      // A program that was deleted since is still named by its id.
      return name ?? (await marketing.campaign(id))?.name ?? id;
    },
    channel: async ({ id }, _, { marketing }) => (await marketing.campaign(id))?.channel ?? null,
    status: async ({ id }, _, { marketing }) => (await marketing.campaign(id))?.status ?? null,
    spend: async ({ id }, _, { marketing }) => (await marketing.figures(id)).value?.spend ?? null,
    attributedRevenue: async ({ id }, _, { marketing }) =>
      (await marketing.figures(id)).value?.attributedRevenue ?? null,
    leadsGenerated: async ({ id }, _, { marketing }) => (await marketing.figures(id)).value?.leadsGenerated ?? null,
    attributionAsOf: async ({ id }, _, { marketing }) => (await marketing.figures(id)).loadedAt.toISOString(),
  },
  DashboardData: {
    async marketing(_parent, _arguments, { marketing }) {
      const { value } = await marketing.campaigns();
      return value.filter((campaign) => campaign.active).slice(0, dashboardCampaigns);
    },
    async marketingFreshness(_parent, _arguments, { marketing }) {
      return liveFreshness('MARKETO', (await marketing.campaigns()).loadedAt);
    },
  },
};
