import { defineConfig } from '@graphql-hive/gateway';
import { freshness, setting } from './config.ts';
import { additionalResolvers } from './resolvers.ts';
import { tokens } from './tokens.ts';

const { netsuite, salesforce, marketo } = freshness();

/** Puts each vendor's token on what goes out to it. */
const authorization = {
  async onFetch({ executionRequest, info, options, setOptions }) {
    const source = executionRequest?.subgraphName ?? info?.sourceName;
    const token = await tokens[source]?.();
    if (token) setOptions({ ...options, headers: { ...options.headers, authorization: `Bearer ${token}` } });
  },
};

export const gatewayConfig = defineConfig({
  additionalResolvers,
  plugins: () => [authorization],
  inboundInflightRequestDeduplication: true,
  // NetSuite refuses what comes while it is busy; there is no setting that keeps calls below its limit.
  upstreamRetry: {
    maxRetries: 6,
    retryDelay: 50,
    retryDelayFactor: 2,
    shouldRetry: ({ executionResult }) =>
      executionResult?.errors?.some(({ extensions }) => extensions?.response?.status === 429) ?? false,
  },
  cache: { type: 'redis', url: setting('REDIS_URL') },
  responseCaching: {
    session: () => null,
    // Nothing is ever dropped by what it is about, so that need not be kept.
    idFields: [],
    // An answer is kept for as long as the shortest-lived of its types and fields. One that was made for several
    // requests at once has lost its types and would be kept for the time that stands here.
    ttl: 0,
    ttlPerSchemaCoordinate: {
      'CustomerProfile.openBalance': netsuite,
      'Deal.paymentStatus': netsuite,
      CustomerFinance: netsuite,
      ErpLink: netsuite,
      Invoice: netsuite,
      Order: netsuite,
      FinancialMetrics: netsuite,
      Deal: salesforce,
      Opportunity: salesforce,
      SupportTicket: salesforce,
      PipelineStage: salesforce,
      Campaign: marketo,
      CampaignName: marketo,
      MarketingTouch: marketo,
      MarketingPerson: marketo,
    },
  },
});
