import { ConfigError } from '@customer360/kit/config';
import type { Logger } from '@customer360/kit/logger';
import { activeSpan, inClientSpan } from '@customer360/kit/spans';
import type { Services } from '../execute/execute.ts';
import { createHeard } from '../provenance/heard.ts';
import type { Reply, SubgraphClient } from './client.ts';
import { createSubgraphClient } from './client.ts';
import type { WatchFetch } from './watch-fetch.ts';

/** The subgraphs of one supergraph. */
export interface Subgraphs {
  /** How one request reaches them; the signal ends what it asked. */
  services(signal: AbortSignal): Services;
  close(): Promise<void>;
}

export function createSubgraphs(
  services: readonly { name: string; url: string }[],
  timeoutMs: number,
  logger: Logger,
  watch?: WatchFetch,
): Subgraphs {
  const clients = new Map<string, SubgraphClient>();
  for (const { name, url } of services) {
    if (!url) throw new ConfigError(`The supergraph has no routing URL for ${name}.`);
    clients.set(name, createSubgraphClient(url, timeoutMs));
  }
  const log = (service: string, error: unknown) => {
    watch?.failed(service, error);
    logger.warn({ err: error, service }, 'subgraph fetch failed');
  };

  return {
    services: (signal) => ({
      send(service, body, kind) {
        const client = clients.get(service);
        if (!client) throw new Error(`The plan names ${service}, which the supergraph does not.`);
        const send = () => sendTraced(service, (headers) => client.send(body, signal, kind === 'query', headers));
        return watch ? watch.send(service, send) : send();
      },
      log,
      heard: createHeard(),
    }),
    async close() {
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}

function sendTraced(service: string, send: (headers?: Record<string, string>) => Promise<Reply>): Promise<Reply> {
  const within = activeSpan();
  if (!within) return send();
  return inClientSpan(within, `fetch ${service}`, { 'peer.service': service }, async (headers, span) => {
    const reply = await send(headers);
    span.setAttribute('http.response.status_code', reply.status);
    return reply;
  });
}
