import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CacheHealth } from './cache/cache-health.ts';
import { registerCacheMetrics } from './cache/cache-metrics.ts';
import type { BreakerState } from './policy/breaker.ts';
import { serveMetrics } from './process-metrics.ts';
import type { Handler } from './server.ts';
import type { SourceHealth, SourceStatus } from './source-health.ts';

/** `partial` lacks fields, `refused` was not run. */
export type RequestOutcome = 'ok' | 'partial' | 'failed' | 'refused';

export interface Metrics {
  /** Further figures go here: whatever is registered is served. */
  registry: Registry;
  request(outcome: RequestOutcome, ms: number): void;
  /** Tells of a vendor from now on. */
  watch(health: SourceHealth): void;
  /** Tells of the cache of a vendor from now on. */
  watchCache(health: CacheHealth): void;
  /** Serves `/metrics`. */
  handler: Handler;
}

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const stateValues: Record<BreakerState, number> = { CLOSED: 0, HALF_OPEN: 1, OPEN: 2 };

/** What one subgraph tells Prometheus of itself and its vendors. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const sources: SourceHealth[] = [];
  const requests = new Histogram({
    name: 'subgraph_request_duration_seconds',
    help: 'GraphQL requests by outcome, and how long their answers took.',
    labelNames: ['outcome'],
    buckets,
    registers,
  });
  const calls = new Histogram({
    name: 'vendor_call_duration_seconds',
    help: 'Calls to vendors by outcome, and how long they took.',
    labelNames: ['source', 'outcome'],
    buckets,
    registers,
  });
  const notMade = new Counter({
    name: 'vendor_calls_not_made_total',
    help: 'Calls that were refused here: open circuit, cool-down, full queue, our own limit.',
    labelNames: ['source', 'reason'],
    registers,
  });
  const repeated = new Counter({
    name: 'vendor_calls_repeated_total',
    help: 'Reads that were made once more after the connection failed.',
    labelNames: ['source'],
    registers,
  });

  /** Read from a vendor's health when somebody asks; null leaves the vendor out. */
  const gauge = (name: string, help: string, read: (status: SourceStatus) => number | null) =>
    new Gauge({
      name,
      help,
      labelNames: ['source'],
      registers,
      collect() {
        this.reset();
        for (const health of sources) {
          const value = read(health.status());
          if (value !== null) this.set({ source: health.system }, value);
        }
      },
    });
  gauge('vendor_breaker_state', '0 closed, 1 half open, 2 open.', ({ state }) => stateValues[state]);
  gauge('vendor_cool_down_seconds', 'How long a vendor that throttled us is still left alone.', (status) =>
    status.coolingDownUntil ? Math.max(0, status.coolingDownUntil.getTime() - Date.now()) / 1000 : 0,
  );
  gauge('vendor_credentials_refused', '1 while a vendor refuses our credentials.', (status) =>
    Number(status.credentialsRefused),
  );
  gauge('vendor_quota_used', "Calls that count against a vendor's quota.", ({ quota }) => quota?.used ?? null);
  gauge('vendor_quota_left', "Calls that a vendor's quota still allows.", ({ quota }) => quota?.left ?? null);
  gauge('vendor_last_success_timestamp_seconds', 'When a vendor last answered well.', ({ lastSuccessAt }) =>
    lastSuccessAt ? lastSuccessAt.getTime() / 1000 : null,
  );

  return {
    registry,
    watchCache: registerCacheMetrics(registry),
    request: (outcome, ms) => requests.observe({ outcome }, ms / 1000),
    watch(health) {
      const source = health.system;
      sources.push(health);
      health.onCall({
        called: (outcome, ms) => calls.observe({ source, outcome }, ms / 1000),
        refused: (reason) => notMade.inc({ source, reason }),
        repeated: () => repeated.inc({ source }),
      });
    },
    handler: serveMetrics(registry),
  };
}
