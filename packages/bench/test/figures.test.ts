import { summarise } from '../src/figures.ts';
import type { CpuProfile } from '../src/profile/self-time.ts';
import { selfTimes } from '../src/profile/self-time.ts';
import { plotBars } from '../src/report/plot.ts';
import { rowsOf } from '../src/report/table.ts';
import { median, quantile, spread } from '../src/statistics.ts';
import { readUsage } from '../src/usage.ts';

const run = (requests: number, p95: number) => ({
  ...{ requests, errors: 1, bytes: 0, seconds: 2, p50: 1, p95, p99: 9, cpuSeconds: 0 },
  ...{ serverCpuSeconds: 1, memoryMb: 100 },
});

test('a figure is the median of its rounds, with the distance between best and worst', () => {
  const figure = summarise({ workload: 'deep', name: 'ours' }, [run(100, 5), run(400, 3), run(200, 4)]);
  expect(figure).toMatchObject({ requestsPerSecond: 100, spread: 1.5, p95: 4, cpuMs: 5, memoryMb: 100, errors: 3 });
  expect(median([4, 1])).toBe(2.5);
  expect(spread([2, 2])).toBe(0);
  expect(quantile([1, 2, 3, 4], 0.99)).toBe(4);
});

test('the table compares with the stock gateway of the same workload', () => {
  const figures = [
    summarise({ workload: 'deep', name: 'ours', coalescing: 'off' }, [run(300, 5)]),
    summarise({ workload: 'deep', name: 'Apollo Gateway and Server' }, [run(100, 5)]),
    summarise({ workload: 'small', name: 'ours' }, [run(100, 5)]),
  ];
  expect(rowsOf(figures).map((row) => [row[1], row[4], row[5]])).toEqual([
    ['ours, coalescing off', '3.00', '3.00'],
    ['Apollo Gateway and Server', '1.00', '1.00'],
    ['ours', '–', '–'],
  ]);
});

test('calls of vendors are told for a thousand requests, and refusals over all rounds', () => {
  const runs = [run(500, 5), run(1000, 5)].map((each) => ({ ...each, vendors: { calls: 50, refused: 2 } }));
  const figure = summarise({ workload: 'ten minutes', name: 'ours', paced: true }, runs);
  expect(figure).toMatchObject({ vendorCalls: 75, refused: 4 });
  const without = summarise({ workload: 'deep', name: 'ours' }, [run(1, 1)]);
  expect(rowsOf([figure, without]).map((row) => row.slice(-2))).toEqual([
    ['75', '4'],
    ['–', '–'],
  ]);
});

test('a plot is one bar for each figure, as long as its value', () => {
  const bars = [
    { name: 'a < b', value: 10, isOurs: true },
    { name: 'c', value: 5, isOurs: false },
  ];
  const svg = plotBars('rates', bars, String);
  const [long, short] = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
  expect(long).toBe((short ?? 0) * 2);
  expect(svg).toContain('a &lt; b');
});

test('self time leaves out idling and what was before the load', () => {
  const node = (id: number, functionName: string, url = '') => ({
    id,
    callFrame: { functionName, url, lineNumber: 4 },
  });
  const profile: CpuProfile = {
    nodes: [
      node(1, '(idle)'),
      node(2, 'parse', 'file:///x/node_modules/lib/index.js'),
      node(3, 'run', 'file:///x/gateway/src/run.ts'),
    ],
    startTime: 1000,
    samples: [3, 1, 2, 3],
    timeDeltas: [10, 10, 30, 10],
  };
  expect(selfTimes(profile, 'function', 1015)).toEqual([
    { place: 'parse  lib/index.js:5', share: 0.75 },
    { place: 'run  gateway/src/run.ts:5', share: 0.25 },
  ]);
});

test('processor time and memory of a process are read from outside', () => {
  const before = readUsage(process.pid);
  const until = performance.now() + 100;
  while (performance.now() < until);
  const after = readUsage(process.pid);
  expect(after.cpuSeconds).toBeGreaterThan(before.cpuSeconds);
  expect(after.memoryMb).toBeGreaterThan(20);
});
