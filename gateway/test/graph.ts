import { mkdtempSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { createLogger } from '@customer360/kit/logger';
import type { Service } from '@customer360/kit/service';
import { parse } from 'graphql';
import { readConfig } from '../src/config.ts';
import { start } from '../src/service.ts';

const link = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@composeDirective"])
  @link(url: "https://c360.example/spec/contract/v1.0", import: ["@is"])
  @composeDirective(name: "@is")
directive @is(field: String!) on ARGUMENT_DEFINITION
`;

/** A graph of shops that has nothing to do with customers: the gateway must not know what it serves. */
export const schemas = {
  stock: `${link}
    type Query { shop(id: ID! @is(field: "id")): Shop @shareable  shops: [Shop]  clock(at: Float): String }
    type Mutation { open(id: ID!): Shop }
    type Shop @key(fields: "id") { id: ID! name: String }`,
  prices: `${link}
    type Query { shop(id: ID! @is(field: "id")): Shop @shareable }
    type Shop @key(fields: "id") { id: ID! @external revenue: Float costs: Float }`,
};

export type SubgraphName = keyof typeof schemas;
export interface Asked {
  query: string;
  variables: Record<string, unknown>;
}
export type Answerer = (request: Asked) => unknown;

export interface FakeGraph extends AsyncDisposable {
  gateway: Service;
  /** Where the gateway reads its graph. */
  supergraphPath: string;
  /** The graph with other schemas for some of its subgraphs. */
  compose(changed?: Partial<Record<SubgraphName, string>>): string;
  /** What a subgraph answers: an object is sent as JSON, a function takes the raw response. */
  answer: Record<SubgraphName, Answerer | ((response: ServerResponse) => void)>;
}

export async function startGraph(
  answers: FakeGraph['answer'],
  env: Record<string, string> = {},
  logger = createLogger('test', 'silent'),
): Promise<FakeGraph> {
  const graph = { answer: answers };
  const servers = Object.fromEntries(
    await Promise.all(
      (Object.keys(schemas) as SubgraphName[]).map(async (name) => {
        const server = createServer((request, response) => void reply(graph.answer[name], request, response));
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        return [name, server] as const;
      }),
    ),
  );
  const compose: FakeGraph['compose'] = (changed = {}) => {
    const { supergraphSdl, errors } = composeServices(
      Object.entries({ ...schemas, ...changed }).map(([name, sdl]) => ({
        name,
        url: `http://127.0.0.1:${portOf(servers[name])}/graphql`,
        typeDefs: parse(sdl),
      })),
    );
    if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
    return supergraphSdl;
  };
  const supergraphPath = join(mkdtempSync(join(tmpdir(), 'customer360-gateway-')), 'supergraph.graphql');
  writeFileSync(supergraphPath, compose());
  const gateway = await start(readConfig({ PORT: '0', SUPERGRAPH_PATH: supergraphPath, ...env }), { logger });

  return Object.assign(graph, {
    gateway,
    supergraphPath,
    compose,
    async [Symbol.asyncDispose]() {
      await gateway.close();
      for (const server of Object.values(servers)) {
        server.closeAllConnections();
        server.close();
      }
    },
  });
}

function portOf(server: Server | undefined): number | undefined {
  return (server?.address() as AddressInfo | null)?.port;
}

async function reply(answer: FakeGraph['answer'][SubgraphName], request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const asked = JSON.parse(Buffer.concat(chunks).toString());
  const result = (answer as (first: unknown, second: unknown) => unknown)(
    answer.name === 'raw' ? response : asked,
    undefined,
  );
  if (answer.name !== 'raw') response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
}
