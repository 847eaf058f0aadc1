import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@customer360/testing/eventually';
import { redisCli } from '@customer360/testing/redis-cli';
import { startRedis } from '@customer360/testing/redis-server';
import type { Bus } from '../src/bus/bus.ts';
import type { RedisBusOptions } from '../src/bus/redis-bus.ts';
import { createRedisBus } from '../src/bus/redis-bus.ts';
import { readStream } from '../src/bus/stream-reader.ts';
import { connectRedis } from '../src/redis/connect.ts';
import { silent } from './stores.ts';

const topic = 'changes';

function openBus(url: string, options?: RedisBusOptions): Bus & AsyncDisposable {
  const bus = createRedisBus({ urls: [url] }, silent, { blockMs: 200, ...options });
  return { ...bus, [Symbol.asyncDispose]: bus.close };
}

function listenTo(bus: Bus, to = topic) {
  const heard: unknown[] = [];
  const gaps: number[] = [];
  bus.subscribe(
    to,
    (message) => heard.push(message),
    () => gaps.push(heard.length),
  );
  return { heard, gaps };
}

async function expectConnected(from: Bus, { heard }: { heard: unknown[] }) {
  await from.publish(topic, 'hello');
  await eventually(() => heard.includes('hello'));
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test('nothing is lost, doubled or out of order when connections are killed', async () => {
  await using server = await startRedis();
  await using one = openBus(server.url);
  await using two = openBus(server.url);
  const { heard, gaps } = listenTo(two);
  await expectConnected(one, { heard });
  for (const number of numbers(60)) {
    if (number % 15 === 7) await redisCli(server.port, 'CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await one.publish(topic, number);
    await sleep(5);
  }
  await eventually(() => heard.length > 60);
  expect(heard).toEqual(['hello', ...numbers(60)]);
  expect(gaps).toEqual([]);
});

test('what is published while Redis stalls is heard here at once, elsewhere afterwards, and once', async () => {
  await using server = await startRedis();
  await using one = openBus(server.url);
  await using two = openBus(server.url);
  const [here, there] = [listenTo(one), listenTo(two)];
  await expectConnected(one, there);
  server.process.kill('SIGSTOP');
  const from = performance.now();
  for (const number of numbers(20)) await one.publish(topic, number);
  expect(performance.now() - from).toBeLessThan(200);
  expect(here.heard).toEqual(['hello', ...numbers(20)]);
  await sleep(400);
  server.process.kill('SIGCONT');
  await eventually(() => there.heard.length > 20);
  await sleep(300);
  expect(there.heard).toEqual(['hello', ...numbers(20)]);
  expect(there.gaps).toEqual([]);
});

test('a server that comes back empty is a gap, and what waited for it is heard', async () => {
  await using server = await startRedis();
  await using one = openBus(server.url);
  await using two = openBus(server.url);
  const there = listenTo(two);
  await expectConnected(one, there);
  await server.stop();
  for (const number of numbers(5)) await one.publish(topic, number);
  await using _again = await startRedis({ port: server.port });
  await eventually(() => there.heard.length === 6 && there.gaps.length > 0);
  expect(there.heard).toEqual(['hello', ...numbers(5)]);
  expect(there.gaps).toHaveLength(1);
});

test('a stream that vanishes is a gap, also in silence', async () => {
  await using server = await startRedis();
  await using one = openBus(server.url);
  const { heard, gaps } = listenTo(one);
  await using two = openBus(server.url);
  await expectConnected(two, { heard });
  await redisCli(server.port, 'FLUSHALL');
  await eventually(() => gaps.length === 1);
  await two.publish(topic, 'after');
  await eventually(() => heard.includes('after'));
  expect(gaps).toHaveLength(1);
});

test('who was away for longer than the stream reaches back hears of a gap first', async () => {
  await using server = await startRedis();
  const client = connectRedis({ urls: [server.url] }, 200);
  const seen: string[] = [];
  const stop = readStream({
    client,
    maxLength: 100,
    blockMs: 200,
    onMessage: ({ message }) => seen.push(message),
    onGap: () => seen.push('gap'),
  });
  await using bus = openBus(server.url, { maxLength: 100 });
  await bus.publish(topic, 'first');
  await eventually(() => seen.length === 1);
  client.disconnect();
  await once(client, 'end');
  await Promise.all(numbers(1000).map((number) => bus.publish(topic, number)));
  await client.connect();
  await eventually(() => seen.includes('999'));
  stop();
  expect(seen.slice(0, 2)).toEqual(['"first"', 'gap']);
  expect(seen.filter((each) => each === 'gap')).toHaveLength(1);
  const later = seen.slice(2).map(Number);
  expect(later).toEqual(numbers(1000).slice(-later.length));
  expect(later.length).toBeGreaterThanOrEqual(100);
});

test('more than can wait for Redis becomes a gap for those elsewhere, topic by topic', async () => {
  await using server = await startRedis();
  await using one = openBus(server.url, { maxWaiting: 10 });
  await using two = openBus(server.url);
  const [changes, others] = [listenTo(two), listenTo(two, 'others')];
  const here = listenTo(one);
  await expectConnected(one, changes);
  server.process.kill('SIGSTOP');
  for (const number of numbers(25)) await one.publish(topic, number);
  server.process.kill('SIGCONT');
  await eventually(() => changes.heard.includes(24));
  expect(changes.gaps.length).toBeGreaterThan(0);
  expect(others.gaps).toEqual([]);
  expect(here.heard).toEqual(['hello', ...numbers(25)]);
  expect(here.gaps).toEqual([]);
});

test('a message from before the subscription is not heard, one from after it is, connected or not', async () => {
  await using server = await startRedis();
  await using one = openBus(server.url);
  await one.publish(topic, 'before');
  await eventually(async () => (await redisCli(server.port, 'XLEN', 'bus')) === '1');
  await sleep(20);
  await using two = openBus(server.url);
  const there = listenTo(two);
  await one.publish(topic, 'after');
  await eventually(() => there.heard.length > 0);
  expect(there).toEqual({ heard: ['after'], gaps: [] });
});
