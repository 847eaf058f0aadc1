import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allCandidates, allKeepers, quickCandidates, quickKeepers } from './candidates.ts';
import { compareGateways } from './compare-gateways.ts';
import { help, readConfig } from './config.ts';
import type { Figure } from './figures.ts';
import { ensurePeers } from './peers.ts';
import { compareProduct } from './product/compare-product.ts';
import { describeNoise, load, noiseOf } from './report/noise.ts';
import { printTable, rowsOf } from './report/table.ts';
import { writeReport } from './report/write-report.ts';

/** `npm run bench`: one table from one run. */
const config = readConfig(process.argv.slice(2));
if (config === 'help') {
  process.stdout.write(help);
  process.exit(0);
}
const { quick, json, write, workloads } = config;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const say = (line: string) => process.stderr.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'customer360-bench-'));
const loadBefore = load();
const figures: Figure[] = [];
try {
  const shopWorkloads = workloads.filter((name) => name !== 'product' && name !== 'kept');
  if (!quick) ensurePeers(say);
  if (shopWorkloads.length > 0) {
    const candidates = quick ? quickCandidates : allCandidates;
    const bench = { ...config, workloads: shopWorkloads, candidates, maxAgeS: 0, folder };
    figures.push(...(await compareGateways(bench, say)));
  }
  if (workloads.includes('kept')) {
    const candidates = quick ? quickKeepers : allKeepers;
    const bench = { ...config, workloads: ['deep' as const, 'small' as const], candidates, maxAgeS: 60, folder };
    figures.push(...(await compareGateways(bench, say)));
  }
  if (workloads.includes('product')) figures.push(...(await compareProduct({ ...config, folder }, say)));
} finally {
  rmSync(folder, { recursive: true });
}
const noise = noiseOf(figures, loadBefore);
if (write) writeReport(figures, noise, config);
if (json) process.stdout.write(`${JSON.stringify({ noise, figures })}\n`);
else process.stdout.write(`${printTable(rowsOf(figures))}\n${describeNoise(noise)}\n`);
