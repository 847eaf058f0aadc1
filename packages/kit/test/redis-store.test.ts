import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataOf, entityKey, load } from '@customer360/testing/cache-store-contract';
import { eventually } from '@customer360/testing/eventually';
import { redisCli } from '@customer360/testing/redis-cli';
import { startRedis } from '@customer360/testing/redis-server';
import { generationKey } from '../src/cache/redis-scripts.ts';
import { redisStore } from './stores.ts';

/** Redis at the end of a long line: every word takes so long in each direction. */
async function startLongLine(port: number, delayMs: number) {
  const sockets: Socket[] = [];
  const carry = (from: Socket, to: Socket) => {
    sockets.push(from.setNoDelay());
    from.on('data', (words) => setTimeout(() => to.write(words), delayMs));
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  };
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    carry(near, far);
    carry(far, near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a batch takes one round trip to read and one to write: two would be given up', async () => {
  await using server = await startRedis();
  await using line = await startLongLine(server.port, 30);
  await using store = await redisStore([line.url]);
  const keys = Array.from({ length: 50 }, (_, id) => entityKey(String(id)));
  const found = await store.read(keys);
  await store.write(
    keys.map((key, id) => ({
      key,
      entry: { data: id, loadedAt: id },
      generation: found[id]?.generation ?? '',
      keepMs: 60_000,
    })),
  );
  expect(await dataOf(store, ...keys)).toEqual(keys.map((_, id) => id));
  expect(store.isOpen()).toBe(true);
});

test('generations outlive their entries, and each write renews them', async () => {
  await using server = await startRedis();
  await using store = await redisStore([server.url]);
  const key = entityKey('1');
  const twoDaysMs = 48 * 3_600_000;
  await load(store, key, 'value', 2 * twoDaysMs);
  const leftMs = async (name: string) => Number(await redisCli(server.port, 'PTTL', name));
  const kept = await leftMs(key.text);
  expect(kept).toBeGreaterThan(2 * twoDaysMs - 10_000);
  expect(await leftMs(generationKey(key.tags[0] ?? ''))).toBeGreaterThan(kept);

  for (const tag of key.tags) await redisCli(server.port, 'PEXPIRE', generationKey(tag), 100_000);
  await load(store, key, 'value');
  for (const tag of key.tags) expect(await leftMs(generationKey(tag))).toBeGreaterThan(twoDaysMs - 10_000);
});

test('a password and a database of the address are used', async () => {
  await using server = await startRedis({ args: ['--requirepass', 's@cret'] });
  await using store = await redisStore([`redis://:s%40cret@127.0.0.1:${server.port}/3`]);
  const key = entityKey('1');
  await load(store, key, 'value');
  expect(await dataOf(store, key)).toEqual(['value']);
  expect(await redisCli(server.port, '-a', 's@cret', '--no-auth-warning', '-n', 3, 'EXISTS', key.text)).toBe('1');
});

test('with a wrong password everything is missing, and nothing fails', async () => {
  await using server = await startRedis({ args: ['--requirepass', 'secret'] });
  await using store = await redisStore([`redis://:wrong@127.0.0.1:${server.port}`], true);
  const key = entityKey('1');
  await sleep(300);
  await load(store, key, 'value');
  await store.drop(key.tags);
  expect(await dataOf(store, key)).toEqual([null]);
  expect(store.isOpen()).toBe(false);
  await redisCli(server.port, '-a', 'secret', '--no-auth-warning', 'CONFIG', 'SET', 'requirepass', 'wrong');
  await eventually(store.isOpen);
});
