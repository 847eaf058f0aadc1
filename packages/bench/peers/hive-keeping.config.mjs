/** As with coalescing; whole answers are kept in memory as well. */
export const gatewayConfig = {
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: true } } },
  inboundInflightRequestDeduplication: true,
  responseCaching: { session: () => null, ttl: 60_000 },
};
