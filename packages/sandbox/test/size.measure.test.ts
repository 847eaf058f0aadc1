import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReadPage } from './size-clients.ts';
import { marketoPages, netsuitePages, pageSize, salesforcePages } from './size-clients.ts';

const size = 100_000;
const samples = 60;
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const settings = ['marketo.limits.perWindow=1000000', 'marketo.limits.perDay=1000000'];
const running: ChildProcess[] = [];

afterAll(() => {
  for (const child of running) child.kill('SIGINT');
});

/** Starts the three sandboxes as a process of their own, as a newcomer would. */
async function startSandboxes(portBase: number) {
  const began = performance.now();
  const options = ['--size', String(size), '--port-base', String(portBase)];
  const child = spawn('node', [main, ...options, ...settings.flatMap((setting) => ['--set', setting])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const urls: string[] = [];
  for await (const data of child.stdout as AsyncIterable<Buffer>) {
    urls.push(...[...data.toString().matchAll(/ready at (\S+)/g)].map(([, url = '']) => url));
    if (urls.length === 3) break;
  }
  if (urls.length < 3) throw new Error('The sandboxes did not start.');
  const status = () => readFileSync(`/proc/${child.pid}/status`, 'utf8');
  /** Megabytes that the process holds: now, or at most so far. */
  const memory = (field: 'VmRSS' | 'VmHWM') => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status())?.[1]) / 1024;
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGINT');
    });
  return { seconds: (performance.now() - began) / 1000, urls, memory, stop };
}

async function p95(read: ReadPage): Promise<{ ms: number; rows: number }> {
  const times: number[] = [];
  let rows = 0;
  for (let sample = -5; sample < samples; sample += 1) {
    const began = performance.now();
    rows = Math.max(rows, await read((sample + 5) * 3));
    if (sample >= 0) times.push(performance.now() - began);
  }
  return { ms: times.sort((one, other) => one - other)[Math.floor(samples * 0.95)] ?? Number.NaN, rows };
}

test(`${size} accounts open in seconds, in bounded memory, and every protocol pages through them`, async () => {
  const first = await startSandboxes(15_000);
  say(`made or opened in ${first.seconds.toFixed(1)} s, at most ${first.memory('VmHWM').toFixed(0)} MB`);
  expect(first.memory('VmHWM')).toBeLessThan(1024);
  await first.stop();

  const { seconds, urls, memory } = await startSandboxes(15_200);
  say(`opened again in ${seconds.toFixed(1)} s, ${memory('VmRSS').toFixed(0)} MB`);
  expect(seconds).toBeLessThan(20);

  const [netsuite = '', salesforce = '', marketo = ''] = urls;
  const pages = {
    ...(await netsuitePages(netsuite)),
    ...(await salesforcePages(salesforce)),
    ...(await marketoPages(marketo)),
  };
  for (const [name, read] of Object.entries(pages)) {
    const { ms, rows } = await p95(read);
    say(`${name}: p95 ${ms.toFixed(1)} ms, ${rows} rows`);
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThanOrEqual(pageSize);
    // A vendor takes some hundred milliseconds for such a page; the limit leaves room for a busy machine.
    expect(ms).toBeLessThan(1000);
  }
  say(`after that ${memory('VmRSS').toFixed(0)} MB, at most ${memory('VmHWM').toFixed(0)} MB`);
  expect(memory('VmHWM')).toBeLessThan(1024);
}, 400_000);

function say(line: string) {
  process.stdout.write(`${size} accounts: ${line}\n`);
}
