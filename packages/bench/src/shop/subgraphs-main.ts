import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { GraphQLSchema } from 'graphql';
import { graphql } from 'graphql';
import { shopSubgraphs } from './resolvers.ts';
import { buildShopSchema } from './schema.ts';

/**
 * The four subgraphs in one process: `<seconds for which answers may be kept> <ports>`, one port after the other. An answer is made once for each distinct
 * request and kept, so that gateways are measured and not graphql-js.
 */
const [maxAgeS = 0, ...ports] = process.argv.slice(2).map(Number);
const caching: Record<string, string> = maxAgeS > 0 ? { 'cache-control': `public, max-age=${maxAgeS}` } : {};
const keptAnswers = 100_000;

shopSubgraphs.forEach((name, index) => {
  const schema = buildShopSchema(name);
  const kept = new Map<string, Buffer>();
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    buffer(request).then(async (bytes) => {
      const body = bytes.toString();
      const answer = kept.get(body) ?? (await answerTo(schema, body));
      if (kept.size < keptAnswers) kept.set(body, answer);
      const headers = { 'content-type': 'application/json', 'content-length': answer.length, ...caching };
      response.writeHead(200, headers).end(answer);
    }, response.destroy.bind(response));
  });
  server.listen(ports[index], '127.0.0.1');
});

async function answerTo(schema: GraphQLSchema, body: string): Promise<Buffer> {
  const { query, variables, operationName } = JSON.parse(body);
  const answer = await graphql({ schema, source: query, variableValues: variables, operationName });
  return Buffer.from(JSON.stringify(answer));
}
