/** As shipped, with identical requests under way made one, at the door and towards subgraphs. */
export const gatewayConfig = {
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: true } } },
  inboundInflightRequestDeduplication: true,
};
