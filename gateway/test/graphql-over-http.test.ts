import { auditServer } from 'graphql-http';
import { startGraph } from './graph.ts';

test('the public audit of GraphQL over HTTP: every MUST and SHOULD, and every MAY but unprotected GET', async () => {
  await using graph = await startGraph({ stock: () => ({ data: {} }), prices: () => ({ data: {} }) });
  const results = await auditServer({ url: `${graph.gateway.url}/graphql` });
  const missed = results.filter(({ status }) => status !== 'ok').map(({ name }) => name);
  const count = (word: string) => results.filter(({ name }) => name.startsWith(word)).length;

  expect({ must: count('MUST'), should: count('SHOULD'), may: count('MAY') }).toEqual({
    must: 13,
    should: 20,
    may: 27,
  });
  expect(missed.sort()).toEqual([
    'MAY accept application/x-www-form-urlencoded formatted GET requests',
    'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
    'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
  ]);
});
