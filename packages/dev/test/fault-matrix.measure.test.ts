import { kindNames } from '../src/faults/kinds.ts';
import type { Cell } from '../src/faults/matrix.ts';
import { allCells, runCells, targets } from '../src/faults/matrix.ts';

/** Every target and every kind of fault once or more; `npm run faults` runs all pairs. */
const sample: Cell[] = [
  { target: 'netsuite', kind: 'blackhole' },
  { target: 'netsuite', kind: 'share' },
  { target: 'netsuite subgraph', kind: 'dropAnswer' },
  { target: 'salesforce', kind: 'refuse' },
  { target: 'salesforce subgraph', kind: 'corrupt' },
  { target: 'marketo', kind: 'bandwidth' },
  { target: 'marketo', kind: 'latency' },
  { target: 'marketo subgraph', kind: 'cut' },
  { target: 'redis', kind: 'reset' },
  { target: 'redis', kind: 'slice' },
];

test('the sample has every target and every kind', () => {
  expect(new Set(sample.map(({ target }) => target))).toEqual(new Set(targets));
  expect(new Set(sample.map(({ kind }) => kind))).toEqual(new Set(kindNames));
  expect(allCells).toHaveLength(targets.length * kindNames.length);
});

test('a broken way to one system leaves the others whole, and heals', async () => {
  const results = await runCells(sample, () => undefined);
  const failed = results.filter(({ problems }) => problems.length > 0);
  // What may be the machine has to happen twice.
  const again = failed.length > 0 ? await runCells(failed, () => undefined) : [];

  expect(results).toHaveLength(sample.length);
  expect(again.filter(({ problems }) => problems.length > 0)).toEqual([]);
}, 180_000);
