import { startGraph } from './graph.ts';

test('an object that is not of its type is left out, and the rest is answered', async () => {
  const answer = () => ({
    data: {
      shops: [
        { __typename: 'Query', id: '1' },
        { __typename: 'Shop', id: '2' },
      ],
    },
  });
  await using graph = await startGraph({ stock: answer, prices: answer });
  const response = await fetch(`${graph.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ shops { id } }"}',
  });
  expect(await response.json()).toEqual({ data: { shops: [null, { id: '2' }] } });
});
