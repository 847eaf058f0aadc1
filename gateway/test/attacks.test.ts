import { connect } from 'node:net';
import type { FakeGraph } from './graph.ts';
import { startGraph } from './graph.ts';

let graph: FakeGraph;
let asked = 0;
beforeAll(async () => {
  const answer = () => {
    asked += 1;
    return { data: { shops: [{ id: '1', name: 'n' }], shop: { id: '1', name: 'n' }, open: { id: '1', name: 'n' } } };
  };
  graph = await startGraph({ stock: answer, prices: answer }, { INTROSPECTION: 'false' });
});
afterAll(() => graph[Symbol.asyncDispose]());

const many = (count: number, text: (number: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const shop = (inner: string) => `{ shop(id: "1") { ${inner} } }`;
const fanOut = (levels: number) =>
  `${shop('...f0')} ${many(levels, (i) => `fragment f${i} on Shop { ...f${i + 1} ...f${i + 1} }`)} fragment f${levels} on Shop { name }`;

/** Operations of the attack lists; each has to be refused before it costs anything. */
const hostile: [string, string][] = [
  ['a thousand aliases of a field', shop(many(1000, (i) => `a${i}: name`))],
  ['a hundred aliases of __typename', `{ ${many(101, (i) => `t${i}: __typename`)} }`],
  ['fifty times the same mutation', `mutation { ${many(50, (i) => `m${i}: open(id: "${i}") { id }`)} }`],
  ['six times the same mutation', `mutation { ${many(6, (i) => `m${i}: open(id: "${i}") { id }`)} }`],
  [
    'mutations hidden in a fragment',
    `mutation { ...f } fragment f on Mutation { ${many(9, (i) => `m${i}: open(id: "${i}") { id }`)} }`,
  ],
  ['a mutation whose fragment spreads itself', 'mutation { ...a } fragment a on Mutation { ...a }'],
  ['nesting 50 deep', `{ ${'shop(id: "1") { '.repeat(50)} name ${'}'.repeat(51)}`],
  ['nesting 3000 deep', `{ ${'a { '.repeat(3000)} b ${'}'.repeat(3001)}`],
  ['a list literal 20,000 deep', `{ shop(id: ${'['.repeat(20_000)}1${']'.repeat(20_000)}) { id } }`],
  ['a thousand unknown directives', `{ shops { name ${many(1000, (i) => `@d${i}`)} } }`],
  ['five hundred times @include', `{ shops { name ${'@include(if: true) '.repeat(500)} } }`],
  ['circular fragments', '{ shops { ...a } } fragment a on Shop { ...b } fragment b on Shop { ...a }'],
  ['a fragment that spreads itself', '{ shops { ...a } } fragment a on Shop { name ...a }'],
  ['five thousand repeated fields', shop('name '.repeat(5000))],
  ['overlapping fields', shop(many(300, (i) => `a${i}: name a${i}: id`))],
  ['a fan-out of 2^14', fanOut(14)],
  ['a fan-out of 2^22', fanOut(22)],
  ['a fan-out of 2^30 of nothing', fanOut(30)],
  ['two thousand invalid operations', many(2000, (i) => `query q${i} { no }`)],
  ['a hundred unknown fields', shop(many(100, (i) => `wrong${i}`))],
  ['300 kB of tokens', `{ ${'shops { name } '.repeat(20_000)} }`],
  ['introspection', '{ __schema { types { name } } }'],
  ['introspection of one type', '{ __type(name: "Shop") { name } }'],
  ['circular introspection', '{ __schema { types { fields { type { fields { type { name } } } } } } }'],
  ['introspection in a fragment', '{ ...f } fragment f on Query { __schema { types { name } } }'],
  ['@defer of a field', '{ shops { name @defer } }'],
  ['@stream', '{ shops @stream { name } }'],
  ['entities', '{ _entities(representations: []) { __typename } }'],
  ['the schema of a subgraph', '{ _service { sdl } }'],
  ['an alias as long as a book', `{ ${'a'.repeat(101)}: shops { name } }`],
  ['an alias that names a prototype', '{ __proto__: shops { name } }'],
];

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${graph.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

test.each(hostile)('%s is refused quickly, briefly and without asking anybody', async (_, query) => {
  // A gateway that meets the operation for the first time has nothing warm.
  asked = 0;
  const began = performance.now();
  const response = await post(JSON.stringify({ query }));
  const text = await response.text();
  const took = performance.now() - began;

  expect([400, 413]).toContain(response.status);
  expect(JSON.parse(text)).toEqual({ errors: expect.any(Array) });
  expect(text.length).toBeLessThan(1000);
  expect(text).not.toMatch(/Did you mean|stack|at \w+ \(|\/src\//);
  expect(asked).toBe(0);
  // The issue's limit is 100 ms on a quiet machine.
  expect(took).toBeLessThan(250);
});

test.each([
  ['a batch', JSON.stringify([{ query: '{ shops { id } }' }, { query: '{ shops { id } }' }]), 400],
  ['a body of 6 MB', JSON.stringify({ query: '{ shops { id } }', padding: 'x'.repeat(6_000_000) }), 413],
  ['a comment of 300 kB', JSON.stringify({ query: `{ shops { id } } #${'x'.repeat(300_000)}` }), 413],
  [
    'variables 50,000 deep',
    `{"query":"{ shops { id } }","variables":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_001)}`,
    413,
  ],
  ['broken JSON', '{"query":', 400],
  ['text', '"{ shops { id } }"', 400],
  ['null', 'null', 400],
])('%s is no request', async (_, body, status) => {
  const response = await post(body);
  const text = await response.text();
  expect(response.status).toBe(status);
  expect(text.length).toBeLessThan(1000);
  expect(JSON.parse(text).errors).toHaveLength(1);
});

test.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', ''])(
  'a POST that another site could send (%s) is refused',
  async (type) => {
    asked = 0;
    const response = await fetch(`${graph.gateway.url}/graphql`, {
      method: 'POST',
      headers: type ? { 'content-type': type } : {},
      body: new TextEncoder().encode(JSON.stringify({ query: '{ shops { id } }' })),
    });
    expect(response.status).toBe(415);
    expect(asked).toBe(0);
  },
);

test('a GET needs a header that another site cannot send, and never writes', async () => {
  const url = `${graph.gateway.url}/graphql?query=${encodeURIComponent('{ shops { id } }')}`;
  expect((await fetch(url)).status).toBe(400);
  expect((await fetch(url, { headers: { 'apollo-require-preflight': 'yes' } })).status).toBe(200);
  asked = 0;
  const write = `${graph.gateway.url}/graphql?query=${encodeURIComponent('mutation { open(id: "1") { id } }')}`;
  const refused = await fetch(write, { headers: { 'apollo-require-preflight': 'yes' } });
  expect(refused.status).toBe(405);
  expect(refused.headers.get('allow')).toBe('POST');
  expect(asked).toBe(0);
});

test('no page for people, no headers for other sites, no trace of the inside', async () => {
  const page = await fetch(`${graph.gateway.url}/graphql`, { headers: { accept: 'text/html' } });
  expect(page.status).toBe(406);
  const answer = await post('{"query":"{ shops { id } }"}', {
    origin: 'https://elsewhere.example',
    'apollo-federation-include-trace': 'ftv1',
  });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  expect(await answer.json()).toEqual({ data: { shops: [{ id: '1' }] } });
});

test('a request with two lengths is answered once, with 400', async () => {
  const { port, hostname } = new URL(graph.gateway.url);
  const socket = connect(Number(port), hostname);
  const lines = [
    'POST /graphql HTTP/1.1',
    'Host: x',
    'Content-Length: 30',
    'Transfer-Encoding: chunked',
    '',
    '0',
    '',
    '',
  ];
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(lines.join('\r\n'));
  await closed;
  expect(answer.match(/HTTP\/1\.1 400/g)).toHaveLength(1);
});
