import { createLogger } from '@customer360/kit/logger';
import type { Executed } from '../src/execute/execute.ts';
import { execute } from '../src/execute/execute.ts';
import { buildGraph } from '../src/prepare/graph.ts';
import { createOperations } from '../src/prepare/operations.ts';
import { createSubgraphs } from '../src/subgraph/subgraphs.ts';
import type { LiveSubgraph } from './live-graph.ts';
import { startLiveGraph } from './live-graph.ts';
import { shopGraph } from './shop-graph.ts';
import { unlimited } from './unlimited.ts';

export interface ShopBench extends AsyncDisposable {
  ask(query: string, variables?: Record<string, unknown>): Promise<Executed>;
  /** Whether an operation can be answered in parts. */
  defers(query: string): boolean;
}

/** The shop graph with changed subgraphs, some of them not answering. */
export async function openShop(
  changes: Record<string, (subgraph: LiveSubgraph) => LiveSubgraph> = {},
  down: readonly string[] = [],
): Promise<ShopBench> {
  const changed = Object.entries(shopGraph).map(([name, subgraph]) => [name, changes[name]?.(subgraph) ?? subgraph]);
  const live = await startLiveGraph(Object.fromEntries(changed));
  const graph = buildGraph(live.supergraphSdl);
  const operations = createOperations(graph, unlimited);
  const subgraphs = createSubgraphs(graph.services, 5000, createLogger('test', 'silent'));
  return {
    async ask(query, variables = {}) {
      const { send, log, heard } = subgraphs.services(new AbortController().signal);
      const services = {
        log,
        heard,
        send: (...asked: Parameters<typeof send>) =>
          down.includes(asked[0]) ? Promise.resolve({ status: 503, text: 'no' }) : send(...asked),
      };
      return JSON.parse(JSON.stringify(await execute(operations.get(query, undefined), variables, services)));
    },
    defers: (query) => !!operations.get(query, undefined).deferralFor?.({}),
    async [Symbol.asyncDispose]() {
      await subgraphs.close();
      await live[Symbol.asyncDispose]();
    },
  };
}
