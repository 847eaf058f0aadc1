import { serveMetrics } from '@customer360/kit/process-metrics';
import type { Handler } from '@customer360/kit/server';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FailureKind } from '../subgraph/answer.ts';
import type { ReloadOutcome } from '../supergraph/reloader.ts';
import { createOperationNames } from './operation-names.ts';

/** `partial` lacks fields, `refused` is an operation that is not run, `bad_request` was none. */
export type RequestOutcome = 'ok' | 'partial' | 'refused' | 'bad_request' | 'failed' | 'canceled';
export type FetchOutcome = 'answered' | FailureKind;

/** What is only counted, so that it costs nothing but an addition. */
export interface Counts {
  requestsInFlight: number;
  fetchesInFlight: number;
  coalesced: number;
  operationCacheHits: number;
  operationCacheMisses: number;
  planHits: number;
  planMisses: number;
}

export interface Metrics {
  counts: Counts;
  request(operation: string | undefined, outcome: RequestOutcome, ms: number): void;
  fetch(service: string, outcome: FetchOutcome, ms: number): void;
  /** An answer that came and could not be read. */
  malformed(service: string): void;
  planned(ms: number): void;
  reload(outcome: ReloadOutcome, ms: number): void;
  /** Serves `/metrics`. */
  handler: Handler;
}

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What is read only when somebody asks. */
export interface State {
  keptPlans(): number;
  /** Whether a supergraph is refused at present. */
  refusing(): boolean;
}

/** What the gateway tells Prometheus of itself. */
export function createMetrics(state: State): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counts: Counts = {
    requestsInFlight: 0,
    fetchesInFlight: 0,
    coalesced: 0,
    operationCacheHits: 0,
    operationCacheMisses: 0,
    planHits: 0,
    planMisses: 0,
  };
  const nameOf = createOperationNames();
  const requests = new Histogram({
    name: 'gateway_request_duration_seconds',
    help: 'GraphQL requests by operation and outcome, and how long their answers took.',
    labelNames: ['operation', 'outcome'],
    buckets,
    registers,
  });
  const fetches = new Histogram({
    name: 'gateway_subgraph_fetch_duration_seconds',
    help: 'Requests to subgraphs by outcome, and how long they took.',
    labelNames: ['service', 'outcome'],
    buckets,
    registers,
  });
  const malformed = new Counter({
    name: 'gateway_subgraph_malformed_answers_total',
    help: 'Answers of subgraphs that came and could not be read.',
    labelNames: ['service'],
    registers,
  });
  const plans = new Histogram({
    name: 'gateway_plan_duration_seconds',
    help: 'Operations that were parsed, checked, planned and compiled, and how long it took.',
    buckets,
    registers,
  });
  const reloads = new Histogram({
    name: 'gateway_supergraph_reload_duration_seconds',
    help: 'New supergraphs by what became of them, and how long it took to build and warm them.',
    labelNames: ['outcome'],
    buckets,
    registers,
  });

  const counted = (Kind: typeof Counter | typeof Gauge, name: string, help: string, read: () => number) => {
    const collect = (metric: Counter | Gauge) => {
      metric.reset();
      metric.inc(read());
    };
    return new Kind({
      name,
      help,
      registers,
      collect() {
        collect(this);
      },
    });
  };
  counted(Gauge, 'gateway_requests_in_flight', 'Requests under way.', () => counts.requestsInFlight);
  counted(
    Gauge,
    'gateway_subgraph_fetches_in_flight',
    'Requests to subgraphs under way.',
    () => counts.fetchesInFlight,
  );
  counted(
    Counter,
    'gateway_coalesced_requests_total',
    'Requests answered along with an identical one that was under way.',
    () => counts.coalesced,
  );
  counted(
    Counter,
    'gateway_operation_cache_hits_total',
    'Requests answered with what was kept whole.',
    () => counts.operationCacheHits,
  );
  counted(
    Counter,
    'gateway_operation_cache_misses_total',
    'Requests that had to be run.',
    () => counts.operationCacheMisses,
  );
  counted(Counter, 'gateway_plan_cache_hits_total', 'Requests whose operation was prepared.', () => counts.planHits);
  counted(
    Counter,
    'gateway_plan_cache_misses_total',
    'Requests whose operation had to be prepared.',
    () => counts.planMisses,
  );
  counted(Gauge, 'gateway_plan_cache_size', 'Operations that are kept prepared.', state.keptPlans);
  counted(Gauge, 'gateway_supergraph_refused', '1 while the source holds a supergraph that is refused.', () =>
    Number(state.refusing()),
  );

  return {
    counts,
    request(operation, outcome, ms) {
      const answered = outcome === 'ok' || outcome === 'partial';
      requests.observe({ operation: nameOf(operation, answered), outcome }, ms / 1000);
    },
    fetch: (service, outcome, ms) => fetches.observe({ service, outcome }, ms / 1000),
    malformed: (service) => malformed.inc({ service }),
    planned: (ms) => plans.observe(ms / 1000),
    reload: (outcome, ms) => reloads.observe({ outcome }, ms / 1000),
    handler: serveMetrics(registry),
  };
}
