import { buildGraph } from '../src/prepare/graph.ts';
import { createOperations } from '../src/prepare/operations.ts';
import { startLiveGraph } from './live-graph.ts';
import { shopGraph } from './shop-graph.ts';
import { unlimited } from './unlimited.ts';

test('operations with long texts do not fill the memory', async () => {
  await using live = await startLiveGraph(shopGraph);
  const operations = createOperations(buildGraph(live.supergraphSdl), unlimited);
  const padding = ' '.repeat(250_000);
  for (let index = 0; index < 300; index += 1) operations.get(`{ n${index}: me { id } }${padding}`, undefined);
  expect(operations.kept).toBeGreaterThan(50);
  expect(operations.kept).toBeLessThan(150);
});
