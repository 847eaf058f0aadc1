import type { Usage } from './rest/usage.ts';

/** What counts against the org's limits. */
export interface Counted {
  calls: Usage;
  /** Events that listening clients were given. */
  delivered: Usage;
  maxClients: number;
  clients(): number;
}

const unused = (max: number) => ({ Max: max, Remaining: max });
const left = ({ limit, used }: Usage) => ({ Max: limit, Remaining: Math.max(0, limit - used()) });

/** As the resource `limits` tells them. */
export function listLimits({ calls, delivered, maxClients, clients }: Counted) {
  const listening = { Max: maxClients, Remaining: Math.max(0, maxClients - clients()) };
  return {
    DailyApiRequests: left(calls),
    DailyDeliveredPlatformEvents: left(delivered),
    DailyStreamingApiEvents: left(delivered),
    DailyDurableStreamingApiEvents: left(delivered),
    StreamingApiConcurrentClients: listening,
    DurableStreamingApiConcurrentClients: listening,
    HourlyPublishedPlatformEvents: unused(250_000),
    DataStorageMB: unused(10_240),
    FileStorageMB: unused(10_240),
  };
}
