import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { worldFolder } from '@customer360/sandbox/config';
import { addressesFrom } from './addresses.ts';
import { startEmbedded } from './embedded.ts';
import { measure } from './measure.ts';

/** `npm run measure`: what the main operations cost, on a product of its own; `--size` accounts, `--json` for programs. */
const { values } = parseArgs({
  options: { size: { type: 'string', default: '500' }, json: { type: 'boolean', default: false } },
});
const vendorMs = 40;
const folder = mkdtempSync(join(tmpdir(), 'customer360-measure-'));
const began = performance.now();
const product = await startEmbedded({
  addresses: addressesFrom(0),
  supergraphPath: join(folder, 'supergraph.graphql'),
  // Faster than a standard Marketo subscription allows: this measures our own time.
  sandboxes: { size: Number(values.size), cacheFolder: worldFolder, marketo: { limits: { perWindow: 100_000 } } },
  env: { MARKETO_CALLS_PER_20_S: '100000' },
});
const startMs = performance.now() - began;
const { figures, sandboxes } = await measure(product, vendorMs);
const rssMb = process.memoryUsage().rss / 1024 ** 2;
await product.close();
rmSync(folder, { recursive: true });

if (values.json) {
  process.stdout.write(`${JSON.stringify({ startMs, rssMb, vendorMs, figures, sandboxes })}\n`);
} else {
  process.stdout.write(
    `started in ${startMs.toFixed(0)} ms, ${rssMb.toFixed(0)} MB, every vendor at ${vendorMs} ms, nothing kept\n`,
  );
  for (const { name, p50, p95, keptP95, vendorCalls, ratio } of figures) {
    process.stdout.write(
      `${name.padEnd(18)} p50 ${p50.toFixed(1)} ms  p95 ${p95.toFixed(1)} ms  ${ratio.toFixed(2)} x its vendor calls  ${vendorCalls} calls; asked again p95 ${keptP95.toFixed(1)} ms\n`,
    );
  }
  for (const { name, p95 } of sandboxes) process.stdout.write(`${name.padEnd(44)} p95 ${p95} ms in the sandbox\n`);
}
process.exit(0);
