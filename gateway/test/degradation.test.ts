import type { ServerResponse } from 'node:http';
import { ask } from '@customer360/testing/ask';
import { startGraph } from './graph.ts';

const shop = () => ({ data: { shop: { id: '7', name: 'Corner' } } });
const prices = () => ({ data: { shop: { revenue: 12.5, costs: 3 } } });
const all = '{ shop(id: "7") { id name revenue costs } }';

/** Ways in which a subgraph gives no usable answer, with the code that each leads to. */
const deaths: [string, (response: ServerResponse) => void, string][] = [
  ['cuts the connection', (response) => response.destroy(), 'UPSTREAM_UNAVAILABLE'],
  [
    'answers 500 with HTML',
    (response) => response.writeHead(500).end('<h1>secret stack at /srv/app.js</h1>'),
    'UPSTREAM_UNAVAILABLE',
  ],
  ['answers half a body', (response) => response.end('{"data": {"shop"'), 'UPSTREAM_MALFORMED'],
  ['answers something else', (response) => response.end('[1, 2]'), 'UPSTREAM_MALFORMED'],
  ['answers empty data', (response) => response.end('{"data":{}}'), 'UPSTREAM_MALFORMED'],
  ['answers no data', (response) => response.end('{"data":null}'), 'UPSTREAM_MALFORMED'],
  ['answers a list as data', (response) => response.end('{"data":[1]}'), 'UPSTREAM_MALFORMED'],
  ['never answers', () => undefined, 'UPSTREAM_TIMEOUT'],
];

describe.each(deaths)('a subgraph that %s', (_, die, code) => {
  test('blanks its own fields, one error each, and nothing of it is told', async () => {
    const raw = (response: ServerResponse) => die(response);
    await using graph = await startGraph({ stock: shop, prices: raw }, { SUBGRAPH_TIMEOUT_MS: '200' });
    const { status, data, errors } = await ask(graph.gateway.url, all);

    expect(status).toBe(200);
    expect(data).toEqual({ shop: { id: '7', name: 'Corner', revenue: null, costs: null } });
    expect(errors.map(({ path, extensions }) => ({ path, extensions }))).toEqual([
      { path: ['shop', 'revenue'], extensions: { code, source: 'PRICES' } },
      { path: ['shop', 'costs'], extensions: { code, source: 'PRICES' } },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/secret|127\.0\.0\.1|srv/);
  });

  test('that owns the key leaves the key and the fields of others', async () => {
    const raw = (response: ServerResponse) => die(response);
    await using graph = await startGraph({ stock: raw, prices }, { SUBGRAPH_TIMEOUT_MS: '200' });
    const { status, data, errors } = await ask(graph.gateway.url, all);

    expect(status).toBe(200);
    expect(data).toEqual({ shop: { id: '7', name: null, revenue: 12.5, costs: 3 } });
    expect(errors.map(({ path }) => path)).toEqual([['shop', 'name']]);
  });
});

test('the key is known from a variable, under an alias and inside a fragment too', async () => {
  const raw = (response: ServerResponse) => response.destroy();
  await using graph = await startGraph({ stock: raw, prices: () => ({ data: { mine: { revenue: 1 } } }) });
  const query = 'query ($key: ID!) { mine: shop(id: $key) { ...parts revenue } } fragment parts on Shop { code: id }';
  const { data, errors } = await ask(graph.gateway.url, query, { key: '9' });

  expect(data).toEqual({ mine: { code: '9', revenue: 1 } });
  expect(errors).toEqual([]);
});

test('no error is told of a field that the caller skipped', async () => {
  const raw = (response: ServerResponse) => response.destroy();
  await using graph = await startGraph({ stock: raw, prices });
  const query =
    'query ($no: Boolean!) { shop(id: "7") { id name @include(if: $no) revenue ... @include(if: $no) { name } } }';
  const { data, errors } = await ask(graph.gateway.url, query, { no: false });
  expect(data).toEqual({ shop: { id: '7', revenue: 12.5 } });
  expect(errors).toEqual([]);
});

test('a value that only the subgraph can judge is refused with its sentence, at every field that is missing for it', async () => {
  const refusal = () => ({
    errors: [{ message: 'status must be one of OPEN, PAID.', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  });
  await using graph = await startGraph({ stock: shop, prices: refusal });
  const { data, errors } = await ask(graph.gateway.url, all);
  expect(data).toEqual({ shop: { id: '7', name: 'Corner', revenue: null, costs: null } });
  expect(errors).toEqual(
    ['revenue', 'costs'].map((field) => ({
      message: 'status must be one of OPEN, PAID.',
      path: ['shop', field],
      extensions: { code: 'BAD_USER_INPUT' },
    })),
  );
});

test('a list, a plain field and a mutation of a dead subgraph are one error each', async () => {
  const raw = (response: ServerResponse) => response.destroy();
  await using graph = await startGraph({ stock: raw, prices });
  const read = await ask(graph.gateway.url, '{ shops { id name } clock }');
  expect(read.data).toEqual({ shops: null, clock: null });
  expect(read.errors.map(({ path }) => path)).toEqual([['shops'], ['clock']]);
  const write = await ask(graph.gateway.url, 'mutation { open(id: "7") { id } }');
  expect(write.data).toEqual({ open: null });
  expect(write.errors.map(({ path }) => path)).toEqual([['open']]);
});

const manyShops = () => ({
  data: { shops: [1, 2, 3].map((id) => ({ __typename: 'Shop', id: String(id), name: `n${id}` })) },
});
const list = '{ shops { name revenue } }';

test('many rows that lost the same field for the same reason are one error, at the first of them', async () => {
  const broken = () => ({
    data: { _entities: [{ revenue: null }, { revenue: null }, { revenue: 3 }] },
    errors: [0, 1].map((row) => ({
      message: 'NetSuite is temporarily unavailable.',
      path: ['_entities', row, 'revenue'],
      extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'NETSUITE' },
    })),
  });
  await using graph = await startGraph({ stock: manyShops, prices: broken });
  const { data, errors } = await ask(graph.gateway.url, list);

  expect(data.shops.map((row: { revenue: number | null }) => row.revenue)).toEqual([null, null, 3]);
  expect(errors).toEqual([
    {
      message: 'NetSuite is temporarily unavailable.',
      path: ['shops', 0, 'revenue'],
      extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'NETSUITE' },
    },
  ]);
});

test.each([
  ['too few', [{ revenue: 1 }, { revenue: 2 }]],
  ['too many', [{ revenue: 1 }, { revenue: 2 }, { revenue: 3 }, { revenue: 4 }]],
  ['none', []],
  ['null for', null],
  ['no', undefined],
])("%s entities are refused, so that no row gets another row's value", async (_, entities) => {
  await using graph = await startGraph({ stock: manyShops, prices: () => ({ data: { _entities: entities } }) });
  const { data, errors } = await ask(graph.gateway.url, list);

  expect(data.shops).toEqual([1, 2, 3].map((id) => ({ name: `n${id}`, revenue: null })));
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_MALFORMED']);
});

test.each([true, false])(
  'what its owner says is not there is null without an error (owner first: %s)',
  async (ownerFirst) => {
    const late = async (value: unknown) => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return value;
    };
    const raw = (body: object, wait: boolean) => {
      const raw = (response: ServerResponse) => void late(body).then((value) => response.end(JSON.stringify(value)));
      return wait ? raw : () => body;
    };
    await using graph = await startGraph({
      stock: raw({ data: { shop: null } }, !ownerFirst),
      prices: raw({ data: { shop: { revenue: null, costs: null } } }, ownerFirst),
    });
    expect(await ask(graph.gateway.url, all)).toEqual({
      status: 200,
      data: { shop: null },
      errors: [],
      extensions: undefined,
    });
  },
);

test.each(['BAD_REQUEST', 'GRAPHQL_PARSE_FAILED', 'SOMETHING_ELSE'])(
  'the words of a subgraph error with code %s are not told',
  async (code) => {
    const leaky = () => ({
      data: { shop: null },
      errors: [{ message: 'db at 10.1.2.3 password=hunter2', path: ['shop'], extensions: { code } }],
    });
    await using graph = await startGraph({ stock: leaky, prices });
    const { errors } = await ask(graph.gateway.url, all);
    expect(JSON.stringify(errors)).not.toMatch(/hunter2|10\.1\.2\.3/);
    expect(errors[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
  },
);

test('a subgraph error of its own making is masked', async () => {
  const leaky = () => ({
    data: { shop: null },
    errors: [{ message: 'password=hunter2 at /srv', path: ['shop'], extensions: { stacktrace: ['x'] } }],
  });
  await using graph = await startGraph({ stock: leaky, prices });
  const { errors } = await ask(graph.gateway.url, all);
  expect(JSON.stringify(errors)).not.toMatch(/hunter2|srv|stacktrace|serviceName/);
  expect(errors[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
});
