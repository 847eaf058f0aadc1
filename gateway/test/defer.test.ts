import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { allParts, askInParts } from './ask-in-parts.ts';
import type { Answerer } from './graph.ts';
import { startGraph } from './graph.ts';

const query = '{ shop(id: "7") { name ... @defer(label: "money") { revenue } } }';
const stock = () => ({ data: { shop: { name: 'Corner' } } });
const prices = () => ({ data: { shop: { revenue: 5 } } });
const whole = { data: { shop: { name: 'Corner', revenue: 5 } } };

/** A subgraph whose answers wait until they are let go. */
function held() {
  const answers: ServerResponse[] = [];
  const seen = { left: 0 };
  const raw = (response: ServerResponse) => {
    answers.push(response);
    response.on('close', () => {
      if (!response.writableFinished) seen.left += 1;
    });
  };
  return { raw, answers, seen };
}

const until = async (holds: () => boolean) => {
  for (let round = 0; round < 100 && !holds(); round += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(holds()).toBe(true);
};

test('what is not deferred comes while a slow subgraph has not answered, the rest when it has', async () => {
  const slow = held();
  await using graph = await startGraph({ stock, prices: slow.raw });
  const { status, type, parts } = await askInParts(graph.gateway.url, query);
  expect([status, type]).toEqual([200, 'multipart/mixed;boundary="graphql";deferSpec=20220824']);
  expect((await parts.next()).value).toEqual({ data: { shop: { name: 'Corner' } }, hasNext: true });
  expect(slow.answers).toHaveLength(1);
  slow.answers[0]?.end('{"data":{"shop":{"revenue":5}}}');
  expect((await parts.next()).value).toEqual({
    incremental: [{ label: 'money', path: ['shop'], data: { revenue: 5 } }],
    hasNext: false,
  });
  expect((await parts.next()).done).toBe(true);
});

test.each([
  ['who does not read parts', query, { accept: 'application/json' }],
  ['who does not say which parts', query, { accept: 'multipart/mixed, application/json' }],
  [
    'who does not want them',
    'query ($later: Boolean!) { shop(id: "7") { name ... @defer(if: $later) { revenue } } }',
    {},
  ],
  ['whose deferred fields come with the others', '{ shop(id: "7") { revenue name ... @defer { revenue } } }', {}],
])('one whole answer for a caller %s', async (_who, asked, options) => {
  await using graph = await startGraph({ stock, prices });
  const answer = await askInParts(graph.gateway.url, asked, { variables: { later: false }, ...options });
  expect(answer.type).toMatch(/^application\/(graphql-response\+)?json/);
  expect(await allParts(answer)).toEqual([whole]);
});

test('a variable defers, and the same operation without is another plan', async () => {
  await using graph = await startGraph({ stock, prices });
  const asked = 'query ($later: Boolean = true) { shop(id: "7") { name ... @defer(if: $later) { revenue } } }';
  const later = [
    { data: { shop: { name: 'Corner' } }, hasNext: true },
    { incremental: [{ path: ['shop'], data: { revenue: 5 } }], hasNext: false },
  ];
  for (const [variables, expected] of [
    [{}, later],
    [{ later: false }, [whole]],
    [{ later: true }, later],
  ] as const) {
    expect(await allParts(await askInParts(graph.gateway.url, asked, { variables }))).toEqual(expected);
  }
});

test('a mutation is answered whole', async () => {
  await using graph = await startGraph({ stock: () => ({ data: { open: { __typename: 'Shop', id: '1' } } }), prices });
  graph.answer.prices = () => ({ data: { _entities: [{ revenue: 5 }] } });
  const asked = 'mutation { open(id: "1") { id ... @defer { revenue } } }';
  const all = await allParts(await askInParts(graph.gateway.url, asked));
  expect(all).toEqual([{ data: { open: { id: '1', revenue: 5 } } }]);
});

test('a new graph does not end an answer that has begun', async () => {
  const slow = held();
  await using graph = await startGraph({ stock, prices: slow.raw });
  const { parts } = await askInParts(graph.gateway.url, query);
  await parts.next();
  writeFileSync(graph.supergraphPath, `# changed\n${graph.compose()}`);
  await graph.gateway.reload?.();
  slow.answers[0]?.end('{"data":{"shop":{"revenue":5}}}');
  expect((await parts.next()).value).toMatchObject({ incremental: [{ data: { revenue: 5 } }], hasNext: false });
});

test('a deferred part of each row, and another inside it', async () => {
  const rows = [1, 2].map((id) => ({ __typename: 'Shop', id: `${id}`, name: `Shop ${id}` }));
  const answerPrices: Answerer = ({ variables }) => ({
    data: { _entities: (variables.representations as { id: string }[]).map(({ id }) => ({ revenue: Number(id) })) },
  });
  await using graph = await startGraph({ stock: () => ({ data: { shops: rows } }), prices: answerPrices });
  const asked = '{ shops { id ... @defer(label: "a") { revenue ... @defer(label: "b") { name } } } }';
  const [first, ...others] = await allParts(await askInParts(graph.gateway.url, asked));
  expect(first).toEqual({ data: { shops: [{ id: '1' }, { id: '2' }] }, hasNext: true });
  // The names came with the first request: there is nothing to wait for, so they are not sent apart.
  expect(others).toEqual([
    {
      incremental: [
        { label: 'a', path: ['shops', 0], data: { revenue: 1, name: 'Shop 1' } },
        { label: 'a', path: ['shops', 1], data: { revenue: 2, name: 'Shop 2' } },
      ],
      hasNext: false,
    },
  ]);
});

test('the errors of a deferred part come in that part, the deadline of a subgraph with them', async () => {
  const slow = held();
  await using graph = await startGraph({ stock, prices: slow.raw }, { SUBGRAPH_TIMEOUT_MS: '300' });
  const began = performance.now();
  const [first, last] = await allParts(await askInParts(graph.gateway.url, query));
  expect(performance.now() - began).toBeLessThan(900);
  expect(first).toEqual({ data: { shop: { name: 'Corner' } }, hasNext: true });
  const [incremental] = last?.incremental ?? [];
  expect(incremental).toMatchObject({
    ...{ label: 'money', path: ['shop'], data: { revenue: null } },
    extensions: { sources: [{ source: 'PRICES', stale: true }] },
  });
  expect(incremental?.errors).toEqual([
    {
      message: expect.any(String),
      extensions: { code: 'UPSTREAM_TIMEOUT', source: 'PRICES' },
      path: ['shop', 'revenue'],
    },
  ]);
});

test('an error that is there before its part is kept for it', async () => {
  const slow = held();
  const failing = () => ({ data: null, errors: [{ message: 'no', extensions: { code: 'UPSTREAM_BUSY' } }] });
  await using graph = await startGraph({ stock: slow.raw, prices: failing });
  const answer = askInParts(graph.gateway.url, query);
  await until(() => slow.answers.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  slow.answers[0]?.end('{"data":{"shop":{"name":"Corner"}}}');
  const [first, last] = await allParts(await answer);
  expect(first).toEqual({ data: { shop: { name: 'Corner' } }, hasNext: true });
  expect(last?.incremental?.[0]?.errors).toMatchObject([{ path: ['shop', 'revenue'] }]);
});

test('what a part is not told of, for there is nothing to defer below a null, is told around it', async () => {
  const down = () => ({ data: null, errors: [{ message: 'no', extensions: { code: 'UPSTREAM_BUSY' } }] });
  await using graph = await startGraph({ stock: down, prices: down });
  const all = await allParts(await askInParts(graph.gateway.url, query));
  expect(all).toMatchObject([{ data: { shop: null } }]);
  expect(all[0]?.errors?.map(({ path }) => path)).toEqual([
    ['shop', 'name'],
    ['shop', 'revenue'],
  ]);
});

test('fetches that would travel together do not when another part waits for each', async () => {
  const asked: string[] = [];
  const answerPrices: Answerer = ({ query: text }) => {
    asked.push(text);
    return { data: { _entities: [{ revenue: 1, costs: 2 }] } };
  };
  const row = { __typename: 'Shop', id: '1' };
  await using graph = await startGraph({
    stock: () => ({ data: { shops: [row], again: [row] } }),
    prices: answerPrices,
  });
  const both = '{ shops { ... @defer { revenue } } again: shops { costs } }';
  const all = await allParts(await askInParts(graph.gateway.url, both));
  expect(all).toEqual([
    { data: { shops: [{}], again: [{ costs: 2 }] }, hasNext: true },
    { incremental: [{ path: ['shops', 0], data: { revenue: 1 } }], hasNext: false },
  ]);
  expect(asked.map((text) => ['revenue', 'costs'].filter((name) => text.includes(name))).sort()).toEqual([
    ['costs'],
    ['revenue'],
  ]);
});

test('a caller that leaves after the first part ends what was done for the others', async () => {
  const slow = held();
  await using graph = await startGraph({ stock, prices: slow.raw }, { SUBGRAPH_TIMEOUT_MS: '10000' });
  const gone = new AbortController();
  const { parts } = await askInParts(graph.gateway.url, query, { signal: gone.signal });
  await parts.next();
  expect(slow.seen.left).toBe(0);
  gone.abort();
  await expect(parts.next()).rejects.toThrow();
  await until(() => slow.seen.left === 1);
});

test('a record that does not exist is one whole answer, and nobody waits for the rest', async () => {
  const slow = held();
  await using graph = await startGraph({ stock: () => ({ data: { shop: null } }), prices: slow.raw });
  const answer = await askInParts(graph.gateway.url, query);
  expect(await allParts(answer)).toEqual([{ data: { shop: null } }]);
  await until(() => slow.seen.left === slow.answers.length);
});

test('a subgraph that is down blanks its own fields of the first part, not the deferred ones', async () => {
  const down = (response: ServerResponse) => void response.writeHead(503).end();
  const raw = (response: ServerResponse) => down(response);
  await using graph = await startGraph({ stock: raw, prices });
  const [first, last] = await allParts(await askInParts(graph.gateway.url, query));
  expect(first).toMatchObject({ data: { shop: { name: null } }, hasNext: true });
  expect(first?.errors?.map(({ path }) => path)).toEqual([['shop', 'name']]);
  expect(last).toMatchObject({
    incremental: [{ label: 'money', path: ['shop'], data: { revenue: 5 } }],
    hasNext: false,
  });
  expect(last?.incremental?.[0]?.errors).toBeUndefined();
});

test('callers who ask the same at once are each answered in parts of their own', async () => {
  const slow = held();
  await using graph = await startGraph({ stock, prices: slow.raw });
  const answers = [1, 2].map(async () => allParts(await askInParts(graph.gateway.url, query)));
  await until(() => slow.answers.length === 2);
  slow.answers.forEach((response, index) => {
    response.end(`{"data":{"shop":{"revenue":${index}}}}`);
  });
  const all = await Promise.all(answers);
  const revenues = all.map(([, last]) => last?.incremental?.[0]?.data);
  expect(revenues).toEqual(expect.arrayContaining([{ revenue: 0 }, { revenue: 1 }]));
});

test.each([
  ['eleven deferred fragments', `{ shops { ${'... @defer { name } '.repeat(11)} } }`],
  ['twelve in fragments', `{ shops { ...a ...a ...a } } fragment a on Shop { ${'... @defer { name } '.repeat(4)} }`],
  ['a label twice', '{ shops { ... @defer(label: "a") { name } ... @defer(label: "a") { revenue } } }'],
  ['a label that is a variable', 'query ($a: String) { shops { ... @defer(label: $a) { name } } }'],
  ['a label that is long', `{ shops { ... @defer(label: "${'a'.repeat(101)}") { name } } }`],
])('refused in short: %s', async (_what, asked) => {
  await using graph = await startGraph({ stock, prices });
  const answer = await askInParts(graph.gateway.url, asked);
  const [only] = await allParts(answer);
  expect(answer.status).toBe(400);
  expect(JSON.stringify(only).length).toBeLessThan(1000);
  expect(only?.errors?.[0]?.message).toMatch(/defer/);
});

test('the schema tells of @defer', async () => {
  await using graph = await startGraph({ stock, prices });
  const [only] = await allParts(
    await askInParts(graph.gateway.url, '{ __schema { directives { name args { name } locations } } }'),
  );
  expect(JSON.stringify(only)).toContain(
    '{"name":"defer","args":[{"name":"label"},{"name":"if"}],"locations":["FRAGMENT_SPREAD","INLINE_FRAGMENT"]}',
  );
});
