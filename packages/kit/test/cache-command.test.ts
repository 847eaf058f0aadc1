import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { dataOf, entityKey, load } from '@customer360/testing/cache-store-contract';
import { eventually } from '@customer360/testing/eventually';
import { startRedisCluster } from '@customer360/testing/redis-cluster';
import type { RunningRedis } from '@customer360/testing/redis-server';
import { startRedis } from '@customer360/testing/redis-server';
import { runCacheCommand } from '../src/cache/cache-command.ts';
import { ConfigError } from '../src/config.ts';
import { patientMs, redisStore, tieredStore } from './stores.ts';

const main = fileURLToPath(new URL('../src/cache/cache-main.ts', import.meta.url));

async function typed(words: string[], url?: string) {
  const env = { PATH: process.env.PATH, ...(url === undefined ? {} : { REDIS_URL: url }) };
  const run = promisify(execFile)(process.execPath, [main, ...words], { env });
  return run.catch(({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }));
}

describe('npm run cache', () => {
  let server: RunningRedis;
  const run = (...words: string[]) => runCacheCommand(words, { redis: { urls: [server.url] }, maxBytes: 0 });
  beforeAll(async () => {
    server = await startRedis({ args: ['--maxmemory', '50mb', '--maxmemory-policy', 'allkeys-lru'] });
  });
  afterAll(() => server.stop());

  test('stats says how full Redis is and what is in it', async () => {
    await using store = await redisStore([server.url], false, patientMs);
    await load(store, entityKey('stats-1'), 1);
    await load(store, entityKey('stats-2'), 1);
    await load(store, entityKey('stats-1', 'a1', 'lead', 'marketo'), 1);
    const lines = await run('stats');
    expect(lines[0]).toMatch(
      /^127\.0\.0\.1:\d+ {2}[\d.]+ .?B of 52\.4 MB \(allkeys-lru\) {2}\d+ % of keys found {2}0 evicted$/,
    );
    expect(lines).toContain('marketo:lead: 1 entry');
    expect(lines).toContain('netsuite:customer: 2 entries');
    expect(lines).toContain('3 entries in all');
  });

  test('list names the entries that begin so, whatever signs stand in the prefix', async () => {
    await using store = await redisStore([server.url], false, patientMs);
    await load(store, entityKey('1', 'a', 'lis*t'), 'x'.repeat(2000), 90_000);
    await load(store, entityKey('1', 'b', 'lisst'), 1);
    expect(await run('list', 'netsuite:lis*t')).toEqual([
      expect.stringMatching(/^netsuite:lis\*t:\{1\}:a {2}(89|90) s left {2}2\.\d kB$/),
    ]);
    expect(await run('list', 'generation')).toEqual(['Nothing is kept.']);
  });

  test('list is bounded', async () => {
    await using store = await redisStore([server.url], false, patientMs);
    for (let id = 0; id < 510; id++) await load(store, entityKey(String(id), 'a', 'many'), 1);
    const lines = await run('list', 'netsuite:many');
    expect(lines).toHaveLength(501);
    expect(lines.at(-1)).toMatch(/^There are more/);
  });

  test('explain says of a key why it is given out, and why no longer', async () => {
    await using store = await redisStore([server.url], false, patientMs);
    const key = entityKey('1', 'a', 'explained');
    await load(store, key, 'value');
    const before = await run('explain', key.text);
    expect(before[0]).toBe(`entry ${key.text}`);
    expect(before[1]).toMatch(/^loaded \d+ h ago, (59|60) s left, \d+ B$/);
    expect(before.filter((line) => line.endsWith(', current'))).toHaveLength(3);
    expect(before.at(-1)).toBe('It is given out.');

    expect(await run('drop', 'netsuite:explained')).toEqual([
      'netsuite:explained: dropped',
      'netsuite:explained:any: nothing was kept, dropped all the same',
    ]);
    const after = await run('explain', key.text);
    expect(after.filter((line) => line.includes('dropped since'))).toEqual([
      expect.stringMatching(/^tag netsuite:explained: generation \S+, now none: dropped since$/),
    ]);
    expect(after.at(-1)).toBe('It is void.');
    expect(await dataOf(store, key)).toEqual([null]);
  });

  test('explain says of a tag what is kept under it', async () => {
    await using store = await redisStore([server.url], false, patientMs);
    const [one, two] = [entityKey('1', 'a', 'tagged'), entityKey('2', 'a', 'tagged')];
    await load(store, one, 1);
    await load(store, two, 1);
    await store.drop([one.tags[0] ?? '']);
    expect(await run('explain', 'netsuite:tagged')).toEqual([
      'tag netsuite:tagged',
      expect.stringMatching(/^generation \S+, 48 h left$/),
      '2 entries, 1 of them given out',
    ]);
    expect(await run('explain', one.tags[0] ?? '')).toEqual([
      'tag netsuite:tagged:{1}',
      'no generation: it was dropped and not read since',
      '1 entry, 0 of them given out',
    ]);
    expect(await run('explain', 'nobody')).toEqual(['Nothing is kept under nobody, as a key or as a tag.']);
  });

  test('drop reaches what processes keep themselves', async () => {
    await using store = await tieredStore([server.url]);
    const key = entityKey('1', 'a', 'dropped');
    await load(store, key, 'old');
    await run('drop', key.tags[0] ?? '');
    await eventually(async () => (await dataOf(store, key))[0] === null);
  });

  test('it works over a cluster', async () => {
    await using cluster = await startRedisCluster();
    await using store = await redisStore(cluster.urls, false, patientMs);
    const keys = Array.from({ length: 20 }, (_, id) => entityKey(String(id)));
    for (const key of keys) await load(store, key, 1);
    const settings = { redis: { urls: cluster.urls }, maxBytes: 0 };
    expect(await runCacheCommand(['list'], settings)).toHaveLength(20);
    expect(await runCacheCommand(['stats'], settings)).toHaveLength(5);
    await runCacheCommand(['drop', 'netsuite:customer:{3}', 'netsuite:customer:{4}'], settings);
    expect(await runCacheCommand(['explain', 'netsuite:customer'], settings)).toContain(
      '20 entries, 18 of them given out',
    );
  });

  test('as a program it prints its answer', async () => {
    await expect(typed(['list', 'nothing:'], server.url)).resolves.toEqual({
      stdout: 'Nothing is kept.\n',
      stderr: '',
    });
  });
});

test('without REDIS_URL it says in one sentence where the cache is', async () => {
  await expect(typed(['stats'])).resolves.toEqual({
    code: 1,
    stderr: 'Without REDIS_URL the cache is in the memory of each process, and only that process sees it.\n',
  });
});

test('a Redis that does not answer, a missing word or an unknown command is one sentence or the usage', async () => {
  const server = await startRedis();
  await server.stop();
  const settings = { redis: { urls: [server.url] }, maxBytes: 0 };
  await expect(runCacheCommand(['stats'], settings)).rejects.toThrow(
    new ConfigError('Redis does not answer at REDIS_URL.'),
  );
  await expect(runCacheCommand([], settings)).rejects.toThrow(/npm run cache -- stats/);
  await expect(runCacheCommand(['toString'], settings)).rejects.toThrow(/npm run cache -- stats/);
});
