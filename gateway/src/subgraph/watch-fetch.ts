import type { Metrics } from '../metrics/metrics.ts';
import { SubgraphFailure } from './answer.ts';
import type { Reply } from './client.ts';

/** Measures what subgraphs are asked. */
export interface WatchFetch {
  send(service: string, send: () => Promise<Reply>): Promise<Reply>;
  /** A fetch brought nothing that can be used. */
  failed(service: string, error: unknown): void;
}

export function createWatchFetch({ counts, fetch, malformed }: Metrics): WatchFetch {
  return {
    async send(service, send) {
      const began = performance.now();
      counts.fetchesInFlight += 1;
      try {
        const reply = await send();
        fetch(service, 'answered', performance.now() - began);
        return reply;
      } catch (error) {
        fetch(service, error instanceof SubgraphFailure ? error.kind : 'unavailable', performance.now() - began);
        throw error;
      } finally {
        counts.fetchesInFlight -= 1;
      }
    },
    failed(service, error) {
      if (!(error instanceof SubgraphFailure) || error.kind === 'malformed') malformed(service);
    },
  };
}
