import type { LiveSubgraph } from './live-graph.ts';
import { openShop } from './shop-bench.ts';

const products = ({ typeDefs, resolvers }: LiveSubgraph): LiveSubgraph => ({
  typeDefs: typeDefs.replace('type Query {', 'scalar Any type Query { echo(any: Any, id: ID): String '),
  resolvers: {
    ...resolvers,
    Query: { echo: (_: unknown, { any, id }: { any?: unknown; id?: string }) => JSON.stringify(any ?? id) },
  },
});

test('a number reaches its subgraph as it was given, or the operation is refused', async () => {
  await using shop = await openShop({ products });
  const echo = async (given: string, variables = {}) => (await shop.ask(given, variables)).data;
  expect(await echo('{ echo(id: 12345678901234567890) }')).toEqual({ echo: '"12345678901234567890"' });
  expect(await echo('{ echo(any: { n: [9007199254740991] }) }')).toEqual({ echo: '{"n":[9007199254740991]}' });
  expect(await echo('query ($n: Any) { echo(any: { n: [$n, "$n"] }) }', { n: { m: 1.5 } })).toEqual({
    echo: '{"n":[{"m":1.5},"$n"]}',
  });
  await expect(shop.ask('{ echo(any: 12345678901234567890) }')).rejects.toThrow('not valid');
  await expect(shop.ask('{ echo(any: { n: [12345678901234567890] }) }')).rejects.toThrow('not valid');
});
