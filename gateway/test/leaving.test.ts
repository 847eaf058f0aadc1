import type { ServerResponse } from 'node:http';
import { ask } from '@customer360/testing/ask';
import { startGraph } from './graph.ts';

const query = '{ shop(id: "7") { name revenue } }';
const stock = () => ({ data: { shop: { name: 'Corner' } } });

/** Answers never, and counts what is under way and what was hung up on. */
function hanging() {
  const seen = { open: 0, left: 0 };
  const raw = (response: ServerResponse) => {
    seen.open += 1;
    response.on('close', () => {
      seen.left += 1;
    });
  };
  return { raw, seen };
}

const until = async (holds: () => boolean) => {
  for (let round = 0; round < 100 && !holds(); round += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(holds()).toBe(true);
};

test('a caller that leaves ends the work that was done for it', async () => {
  const { raw, seen } = hanging();
  await using graph = await startGraph({ stock, prices: raw }, { SUBGRAPH_TIMEOUT_MS: '10000' });
  const gone = new AbortController();
  const asked = fetch(`${graph.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: gone.signal,
  });
  await until(() => seen.open === 1);
  gone.abort();
  await expect(asked).rejects.toThrow();
  await until(() => seen.left === 1);
});

test('ten who ask the same are one request; nine may leave, and the tenth is answered', async () => {
  const answers: ServerResponse[] = [];
  const raw = (response: ServerResponse) => void answers.push(response);
  await using graph = await startGraph({ stock, prices: raw }, { SUBGRAPH_TIMEOUT_MS: '10000' });
  const callers = Array.from({ length: 10 }, () => new AbortController());
  const asked = callers.map(({ signal }) =>
    fetch(`${graph.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal,
    }).then(
      (response) => response.json(),
      () => 'left',
    ),
  );
  await until(() => answers.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(answers).toHaveLength(1);
  for (const caller of callers.slice(1)) caller.abort();
  await new Promise((resolve) => setTimeout(resolve, 100));
  answers[0]?.end('{"data":{"shop":{"revenue":5}}}');
  const [first, ...others] = await Promise.all(asked);
  expect(first).toEqual({ data: { shop: { name: 'Corner', revenue: 5 } } });
  expect(others).toEqual(Array(9).fill('left'));
});

test('a subgraph that hangs costs its deadline and no more', async () => {
  const { raw, seen } = hanging();
  await using graph = await startGraph({ stock, prices: raw }, { SUBGRAPH_TIMEOUT_MS: '400' });
  await ask(graph.gateway.url, '{ shop(id: "1") { name } }');
  const began = performance.now();
  const { data } = await ask(graph.gateway.url, query);
  const took = performance.now() - began;
  expect(data).toEqual({ shop: { name: 'Corner', revenue: null } });
  expect(took).toBeGreaterThanOrEqual(390);
  expect(took).toBeLessThan(800);
  await until(() => seen.left === seen.open);
});

test('an answer without end is cut off', async () => {
  const raw = (response: ServerResponse) => {
    response.write('{"data":{"shop":{"revenue":"');
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(1_000_000)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };
  await using graph = await startGraph({ stock, prices: raw });
  const { data, errors } = await ask(graph.gateway.url, query);
  expect(data).toEqual({ shop: { name: 'Corner', revenue: null } });
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_MALFORMED']);
});
