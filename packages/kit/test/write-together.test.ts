import { once } from 'node:events';
import { startRedis } from '@customer360/testing/redis-server';
import type { Redis } from 'ioredis';
import { connectRedis } from '../src/redis/connect.ts';

test('commands of one turn go out in one write, in their order, and each has its own answer', async () => {
  await using redis = await startRedis();
  const client = connectRedis({ urls: [redis.url] }) as Redis;
  try {
    await once(client, 'ready');
    const { stream } = client;
    const writes: number[] = [];
    const [one, several] = [stream._write.bind(stream), stream._writev?.bind(stream)];
    stream._write = (...args) => {
      writes.push(1);
      one(...args);
    };
    stream._writev = (chunks, callback) => {
      writes.push(chunks.length);
      several?.(chunks, callback);
    };
    const asked = [client.set('a', '1'), client.incr('a'), client.hget('a', 'no hash'), client.get('a')];
    const settled = await Promise.allSettled(asked);
    expect(writes).toEqual([4]);
    expect(settled.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.name))).toEqual([
      ...['OK', 2, 'ReplyError', '2'],
    ]);

    expect(await client.get('a')).toBe('2');
    expect(writes).toEqual([4, 1]);
  } finally {
    client.disconnect();
  }
});
