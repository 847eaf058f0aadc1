import type { StoreUnderTest } from '@customer360/testing/cache-store-contract';
import { cacheStoreContract } from '@customer360/testing/cache-store-contract';
import { startRedisCluster } from '@customer360/testing/redis-cluster';
import { startRedis } from '@customer360/testing/redis-server';
import type { CacheStore } from '../src/cache/store.ts';
import { memoryStore, patientMs, redisStore, tieredStore } from './stores.ts';

interface Candidate extends StoreUnderTest {
  end(): Promise<unknown>;
}

type Pair = (urls: readonly string[]) => Promise<[CacheStore, CacheStore]>;

const redisPair: Pair = async (urls) => [
  await redisStore(urls, false, patientMs),
  await redisStore(urls, false, patientMs),
];
const tieredPair: Pair = async (urls) => [
  await tieredStore(urls, false, patientMs),
  await tieredStore(urls, false, patientMs),
];

async function overServer(pair: Pair): Promise<Candidate> {
  const server = await startRedis();
  const [store, other] = await pair([server.url]);
  return { store, other, end: () => Promise.all([store.close(), other.close(), server.stop()]) };
}

async function overCluster(pair: Pair): Promise<Candidate> {
  const cluster = await startRedisCluster();
  const [store, other] = await pair(cluster.urls);
  return { store, other, end: () => Promise.all([store.close(), other.close(), cluster[Symbol.asyncDispose]()]) };
}

const candidates: Record<string, () => Promise<Candidate>> = {
  memory: async () => {
    const store = memoryStore();
    return { store, other: null, end: store.close };
  },
  redis: () => overServer(redisPair),
  'redis cluster': () => overCluster(redisPair),
  tiered: () => overServer(tieredPair),
  'tiered over a cluster': () => overCluster(tieredPair),
  'tiered without its Redis': async () => {
    const server = await startRedis();
    await server.stop();
    const store = await tieredStore([server.url], true);
    return { store, other: null, end: store.close };
  },
};

describe.each(Object.entries(candidates))('%s', (name, start) => {
  let candidate: Candidate;
  beforeAll(async () => {
    candidate = await start();
  });
  afterAll(() => candidate.end());

  cacheStoreContract(name, () => candidate);
});
