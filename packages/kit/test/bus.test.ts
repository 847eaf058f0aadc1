import type { BusUnderTest } from '@customer360/testing/bus-contract';
import { busContract } from '@customer360/testing/bus-contract';
import { startRedisCluster } from '@customer360/testing/redis-cluster';
import { startRedis } from '@customer360/testing/redis-server';
import { createMemoryBus } from '../src/bus/memory-bus.ts';
import { createRedisBus } from '../src/bus/redis-bus.ts';
import { silent } from './stores.ts';

interface Candidate extends BusUnderTest {
  end(): Promise<unknown>;
}

function overRedis(urls: readonly string[], stop: () => PromiseLike<void>): Candidate {
  const [bus, other] = [createRedisBus({ urls }, silent), createRedisBus({ urls }, silent)];
  return { bus, other, end: () => Promise.all([bus.close(), other.close(), stop()]) };
}

const candidates: Record<string, () => Promise<Candidate>> = {
  memory: async () => {
    const bus = createMemoryBus(silent);
    return { bus, other: null, end: bus.close };
  },
  redis: async () => {
    const server = await startRedis();
    return overRedis([server.url], server.stop);
  },
  'redis cluster': async () => {
    const cluster = await startRedisCluster();
    return overRedis(cluster.urls, () => cluster[Symbol.asyncDispose]());
  },
  'redis that is away': async () => {
    const server = await startRedis();
    await server.stop();
    return { ...overRedis([server.url], async () => undefined), other: null };
  },
};

describe.each(Object.entries(candidates))('%s', (name, start) => {
  let candidate: Candidate;
  beforeAll(async () => {
    candidate = await start();
  });
  afterAll(() => candidate.end());

  busContract(name, () => candidate);
});
