import { readFirst } from '@customer360/kit/page';
import { readSalesforceId } from '@customer360/kit/salesforce-id';
import { scalars } from '@customer360/kit/scalars';
import type { Context } from './context.ts';
import type { Resolvers } from './generated/resolvers.ts';
import { byScore, engagementScore, lastCampaign, lastTouch, leadSource } from './people.ts';

const dashboardCampaigns = 50;

const peopleOf = (accountId: string, { source }: Context) => source.peopleOf(accountId);

export const resolvers: Resolvers = {
  ...scalars,
  Query: {
    getCustomer360: (_, { accountId }) => ({ accountId: readSalesforceId(accountId, 'accountId') }),
    customer: (_, { id }) => ({ accountId: readSalesforceId(id, 'id') }),
    getDashboardMetrics: () => ({}),
    async campaigns(_, { active, first }, { source }) {
      const count = readFirst(first, 50);
      const campaigns = await source.campaigns();
      return campaigns.filter((campaign) => active == null || campaign.active === active).slice(0, count);
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
    marketingFreshness: ({ accountId }, _, { source }) => source.peopleFreshness(accountId),
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
    marketingFreshness: ({ accountId }, _, { source }) => (accountId ? source.peopleFreshness(accountId) : null),
  },
  Marketing_Lead: {
    __resolveReference: ({ leadId }, { source }) => source.person(leadId),
    leadId: ({ id }) => id,
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
    spend: async ({ id }, _, { source }) => (await source.figures(id))?.spend ?? null,
    attributedRevenue: async ({ id }, _, { source }) => (await source.figures(id))?.attributedRevenue ?? null,
    leadsGenerated: async ({ id }, _, { source }) => (await source.figures(id))?.leadsGenerated ?? null,
    attributionAsOf: async (_campaign, _, { source }) => (await source.figuresAsOf()).toISOString(),
  },
  DashboardData: {
    async marketing(_parent, _arguments, { source }) {
      const campaigns = await source.campaigns();
      return campaigns.filter((campaign) => campaign.active).slice(0, dashboardCampaigns);
    },
    marketingFreshness: (_parent, _arguments, { source }) => source.campaignFreshness(),
  },
};
