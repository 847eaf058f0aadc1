import { readOperation } from '@customer360/testing/operations';
import { compose } from '../src/compose.ts';
import { paths } from '../src/paths.ts';
import { checkPlans, createPlanner, fetchesOf, stagesOf } from '../src/plan-check.ts';
import { CompositionError, readSupergraphConfig } from '../src/supergraph-config.ts';

const compositionOf = async () => compose(await readSupergraphConfig(paths.supergraphYaml, {}));

test('every generated query of the real graph can be planned', async () => {
  const { supergraphSdl } = await compositionOf();
  const { checked, problems } = checkPlans(supergraphSdl);

  expect(problems).toEqual([]);
  expect(checked).toBeGreaterThan(200);
});

test('the rail and the dashboard are one stage, the table two', async () => {
  const { plan } = createPlanner((await compositionOf()).supergraphSdl);

  expect(stagesOf(plan(readOperation('rail')))).toBe(1);
  expect(fetchesOf(plan(readOperation('rail')))).toHaveLength(3);
  expect(stagesOf(plan(readOperation('dashboard')))).toBe(1);
  expect(stagesOf(plan(readOperation('table')))).toBe(2);
  expect(fetchesOf(plan(readOperation('table')))).toHaveLength(3);
});

test('the plan check finds a way that nobody can answer', () => {
  const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
  const { supergraphSdl } = compose([
    {
      name: 'one',
      url: 'http://127.0.0.1:1',
      sdl: `${link} type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! }`,
    },
    { name: 'two', url: 'http://127.0.0.1:2', sdl: `${link} type Thing @key(fields: "id") { id: ID! color: String }` },
  ]);
  expect(checkPlans(supergraphSdl)).toEqual({ checked: 1, problems: [] });
  // As if the second subgraph could no longer look things up by their key.
  const broken = supergraphSdl.replace('(graph: TWO, key: "id")', '(graph: TWO, key: "id", resolvable: false)');
  expect(broken).not.toBe(supergraphSdl);
  expect(checkPlans(broken).problems).toEqual([{ path: 'thing', problem: expect.any(String) }]);
});

test('a schema that does not parse is named with its line', async () => {
  const subgraphs = await readSupergraphConfig(paths.supergraphYaml, {});
  const broken = subgraphs.map((each) => (each.name === 'marketo' ? { ...each, sdl: `${each.sdl}\ntype {` } : each));
  expect(() => compose(broken)).toThrow(CompositionError);
  expect(() => compose(broken)).toThrow(/schema of marketo cannot be read: .*line \d+/);
});

test('schemas that contradict each other are refused with the subgraphs that disagree', async () => {
  const subgraphs = await readSupergraphConfig(paths.supergraphYaml, {});
  const broken = subgraphs.map((each) =>
    each.name === 'marketo'
      ? { ...each, sdl: each.sdl.replace('lastMarketingTouch', 'name: Int! lastMarketingTouch') }
      : each,
  );
  expect(() => compose(broken)).toThrow(/do not compose[\s\S]*name/);
});

test('routing URLs come from the environment where it gives them', async () => {
  const [netsuite] = await readSupergraphConfig(paths.supergraphYaml, {
    NETSUITE_SUBGRAPH_URL: 'http://erp.internal/graphql',
  });
  const [fallback] = await readSupergraphConfig(paths.supergraphYaml, {});
  expect(netsuite?.url).toBe('http://erp.internal/graphql');
  expect(fallback?.url).toBe('http://127.0.0.1:4001/graphql');
});
