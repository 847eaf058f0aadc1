import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { oursWith } from '../candidates.ts';
import { runLoad } from '../load/run-load.ts';
import { freePort } from '../ports.ts';
import { startProcess } from '../processes.ts';
import { shopRequests } from '../shop/operations.ts';
import { startShop } from '../shop/start-shop.ts';
import { selfTimes } from './self-time.ts';

/** Where the gateway's time goes: `node profile-main.ts [--workload deep] [--coalescing off] [--kept] [--seconds 5] [--top 40]`. */
const { values } = parseArgs({
  options: {
    workload: { type: 'string', default: 'deep' },
    kept: { type: 'boolean', default: false },
    coalescing: { type: 'string', default: 'off' },
    seconds: { type: 'string', default: '5' },
    top: { type: 'string', default: '40' },
  },
});
const bodies = shopRequests[values.workload as keyof typeof shopRequests];
let since = Number.POSITIVE_INFINITY;
const folder = mkdtempSync(join(tmpdir(), 'customer360-profile-'));
{
  await using started = new AsyncDisposableStack();
  const shop = await startShop(folder, values.kept ? 60 : 0);
  started.use(shop.subgraphs);
  const port = await freePort();
  const launch = oursWith(values.coalescing === 'on' ? 'on' : 'off', values.kept).launch({
    supergraphPath: shop.supergraphPath,
    port,
    answersPath: '',
  });
  const args = ['--cpu-prof', `--cpu-prof-dir=${folder}`, ...launch.args];
  const { url } = started.use(await startProcess({ ...launch, args }, `http://127.0.0.1:${port}/graphql`));
  const order = { url, bodies, connections: 50, warmUpMs: 1000, durationMs: Number(values.seconds) * 1000 };
  const { requests, seconds, errors } = await runLoad(order, () => {
    // The clock of the profile.
    since = Number(process.hrtime.bigint() / 1000n);
  });
  process.stdout.write(
    `${values.workload}: ${(requests / seconds).toFixed(0)} requests/s, ${errors} errors, profiled\n`,
  );
}
const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile')) ?? '';
const profile = JSON.parse(readFileSync(join(folder, file), 'utf8'));
for (const by of ['file', 'function'] as const) {
  process.stdout.write(`\nself time by ${by}\n`);
  for (const { place, share } of selfTimes(profile, by, since).slice(0, Number(values.top))) {
    process.stdout.write(`${(share * 100).toFixed(1).padStart(5)} %  ${place}\n`);
  }
}
rmSync(folder, { recursive: true });
