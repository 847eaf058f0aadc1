import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';

type Modules = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>;
type Resolvers = NonNullable<Extract<Modules[number], { typeDefs: unknown }>['resolvers']>;

export interface LiveSubgraph {
  typeDefs: string;
  resolvers: object;
}

export interface SubgraphCall {
  service: string;
  query: string;
  variables: Record<string, unknown>;
}

export interface LiveGraph extends AsyncDisposable {
  supergraphSdl: string;
  /** What the subgraphs were asked since it was last emptied. */
  calls: SubgraphCall[];
}

/** Starts real subgraphs, each a server of its own, and composes them. */
export async function startLiveGraph(
  subgraphs: Record<string, LiveSubgraph>,
  /** How long a subgraph takes for its next answer, in milliseconds. */
  delay?: (service: string) => number,
): Promise<LiveGraph> {
  const calls: SubgraphCall[] = [];
  const running = await Promise.all(
    Object.entries(subgraphs).map(async ([service, { typeDefs, resolvers }]) => {
      const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: resolvers as Resolvers }]);
      const server = createServer(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
        const { query, variables } = JSON.parse(Buffer.concat(chunks).toString());
        calls.push({ service, query, variables });
        const answer = await graphql({ schema, source: query, variableValues: variables });
        if (delay) await sleep(delay(service));
        response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      return { server, name: service, url: `http://127.0.0.1:${port}/graphql`, typeDefs: parse(typeDefs) };
    }),
  );
  const { supergraphSdl, errors } = composeServices(
    running.map(({ name, url, typeDefs }) => ({ name, url, typeDefs })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return {
    supergraphSdl,
    calls,
    async [Symbol.asyncDispose]() {
      for (const { server } of running) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}
