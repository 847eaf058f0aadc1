import { createLogger } from '@customer360/kit/logger';
import { executeDeferred } from '../src/defer/execute-deferred.ts';
import { buildGraph } from '../src/prepare/graph.ts';
import { createOperations } from '../src/prepare/operations.ts';
import { createSubgraphs } from '../src/subgraph/subgraphs.ts';
import { startLiveGraph } from './live-graph.ts';
import { unlimited } from './unlimited.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external"])';
const person = () => ({ id: '1', name: 'Ada', salary: 7 });
/** Each row: what a subgraph adds to people, and how long it takes. */
const subgraphs = {
  staff: {
    typeDefs: `${link} type Query { person: Person @shareable } type Person @key(fields: "id") { id: ID! name: String }`,
    resolvers: { Query: { person }, Person: { __resolveReference: person } },
  },
  payroll: {
    typeDefs: `${link} type Query { person: Person @shareable } type Person @key(fields: "id") { id: ID! @external salary: Int }`,
    resolvers: { Query: { person }, Person: { __resolveReference: person } },
  },
  photos: {
    typeDefs: `${link} type Query { ping: Int } type Person @key(fields: "id") { id: ID! @external photo: String frame: String }`,
    resolvers: { Person: { __resolveReference: (key: object) => ({ ...key, photo: 'ada.png', frame: 'oak' }) } },
  },
};

test('the first part waits for the fetches that its values come from, not for those of the same stage', async () => {
  await using live = await startLiveGraph(subgraphs, (service) => (service === 'payroll' ? 400 : 0));
  const graph = buildGraph(live.supergraphSdl);
  const clients = createSubgraphs(graph.services, 5000, createLogger('test', 'silent'));
  const asked = '{ person { name photo ... @defer { salary } } }';
  const prepared = createOperations(graph, unlimited).get(asked, undefined);
  const deferral = prepared.deferralFor?.({});
  if (!deferral) throw new Error('Nothing is deferred.');
  const run = async () => {
    const began = performance.now();
    const deliveries: { ms: number; delivery: unknown }[] = [];
    const note = (delivery: unknown) => deliveries.push({ ms: performance.now() - began, delivery });
    note((await executeDeferred(prepared, deferral, {}, clients.services(new AbortController().signal), note)).last);
    return deliveries;
  };
  await run();
  const [first, last] = await run();
  await clients.close();

  expect(first?.delivery).toEqual({ data: { person: { name: 'Ada', photo: 'ada.png' } }, hasNext: true });
  expect(first?.ms).toBeLessThan(300);
  expect(last?.delivery).toEqual({ incremental: [{ path: ['person'], data: { salary: 7 } }], hasNext: false });
  expect(last?.ms).toBeGreaterThanOrEqual(390);
  // The same calls as for the whole answer, twice.
  expect(live.calls.map(({ service }) => service).sort()).toEqual([
    'payroll',
    'payroll',
    'photos',
    'photos',
    'staff',
    'staff',
  ]);
});
