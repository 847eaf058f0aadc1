import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { FaultProxy, NetworkFault } from '../src/fault-proxy.ts';
import { startFaultProxy } from '../src/fault-proxy.ts';

const body = 'Grüße '.repeat(200);
let served = 0;
const server = createServer((_, response) => {
  served += 1;
  response.end(body);
});
let proxy: FaultProxy;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  served = 0;
  proxy = await startFaultProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(() => proxy[Symbol.asyncDispose]());

/** What was answered, or what went wrong instead. */
async function get(timeoutMs = 5000): Promise<string | { failed: unknown }> {
  try {
    const response = await fetch(proxy.url, { signal: AbortSignal.timeout(timeoutMs) });
    return new TextDecoder('utf-8', { fatal: true }).decode(await response.arrayBuffer());
  } catch (error) {
    const { cause, name } = error as Error & { cause?: { code?: string } };
    return { failed: cause?.code ?? name };
  }
}

const timed = async (work: () => Promise<unknown>) => {
  const began = performance.now();
  return { result: await work(), ms: performance.now() - began };
};

test('without a fault everything passes and is counted', async () => {
  expect(await get()).toBe(body);
  expect(await get()).toBe(body);
  expect(proxy.seen().sent).toBe(2);
  expect(proxy.seen().connections).toBeGreaterThan(0);
});

test.each<[string, NetworkFault, number]>([
  ['refuse', { kind: 'refuse' }, 0],
  ['reset', { kind: 'reset' }, 0],
  ['share', { kind: 'share', part: 1 }, 0],
  ['cut', { kind: 'cut', harm: 'answers' }, 1],
  ['dropAnswer', { kind: 'dropAnswer', harm: 'answers' }, 1],
  ['corrupt', { kind: 'corrupt', every: 100, harm: 'answers' }, 1],
])('%s gives an error at once, on old and new connections, until it is healed', async (_, fault, reached) => {
  expect(await get()).toBe(body);
  served = 0;
  await proxy.suffer(fault);
  const first = await timed(get);
  expect(first.result).toEqual({ failed: expect.any(String) });
  expect(first.ms).toBeLessThan(1000);
  expect(served).toBe(reached);
  expect(await get()).toEqual({ failed: expect.any(String) });

  await proxy.heal();
  expect(await get()).toBe(body);
});

test('refuse is the refusal of the system itself', async () => {
  await proxy.suffer({ kind: 'refuse' });
  expect(await get()).toEqual({ failed: 'ECONNREFUSED' });
});

test('blackhole accepts, delivers nothing and never answers', async () => {
  expect(await get()).toBe(body);
  await proxy.suffer({ kind: 'blackhole' });
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  socket.destroy();
  const { result, ms } = await timed(() => get(200));
  expect(result).toEqual({ failed: 'TimeoutError' });
  expect(ms).toBeGreaterThan(150);
  expect(served).toBe(1);

  await proxy.heal();
  expect(await get()).toBe(body);
});

test('latency holds answers back by its time, all pieces alike', async () => {
  await proxy.suffer({ kind: 'latency', ms: 150, harm: 'answers' });
  const { result, ms } = await timed(get);
  expect(result).toBe(body);
  expect(ms).toBeGreaterThan(140);
  expect(ms).toBeLessThan(1000);
});

test('bandwidth takes as long as the bytes take', async () => {
  await proxy.suffer({ kind: 'bandwidth', bytesPerSecond: 4000, harm: 'answers' });
  const { result, ms } = await timed(get);
  expect(result).toBe(body);
  expect(ms).toBeGreaterThan((Buffer.byteLength(body) / 4000) * 900);
});

test('slice changes nothing but the size of the pieces', async () => {
  const sizes: number[] = [];
  await proxy.suffer({ kind: 'slice', bytes: 7, harm: 'answers' });
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  socket.on('data', (bytes) => sizes.push(bytes.length));
  socket.write('GET / HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n');
  await new Promise((resolve) => socket.once('close', resolve));
  expect(sizes.length).toBeGreaterThan(20);
  expect(await get()).toBe(body);
});

test('share breaks exactly its part of the connections', async () => {
  await proxy.suffer({ kind: 'share', part: 0.5 });
  const alone = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
      socket.once('data', () => socket.destroy() && resolve(true));
      socket.once('error', () => resolve(false));
      socket.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n');
    });
  const lucky: boolean[] = [];
  for (let index = 0; index < 10; index += 1) lucky.push(await alone());
  expect(lucky.filter(Boolean)).toHaveLength(5);
});
