import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAnswerReader } from '../src/load/answers.ts';
import { runLoad } from '../src/load/run-load.ts';

const answerOf = (body: string, head = `content-length: ${body.length}`) => `HTTP/1.1 200 OK\r\n${head}\r\n\r\n${body}`;
const chunked = (...chunks: string[]) =>
  answerOf(
    [...chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`), '0\r\n\r\n'].join(''),
    'Transfer-Encoding: chunked',
  );

test.each([
  ['a length', answerOf('{"data":{}}'), false],
  ['chunks', chunked('{"data"', ':{}}'), false],
  ['errors', answerOf('{"errors":[]}'), true],
])('an answer with %s is whole only at its last byte, wherever it is cut', (_, text, errors) => {
  for (let cut = 1; cut < text.length; cut += 1) {
    const reader = createAnswerReader();
    expect(reader.take(Buffer.from(text.slice(0, cut)))).toBeUndefined();
    expect(reader.take(Buffer.from(text.slice(cut)))).toMatchObject({ status: 200 });
    expect(reader.take(Buffer.from(text))).toMatchObject({ status: 200, errors });
  }
});

test('an answer that names no length is refused', () => {
  expect(() => createAnswerReader().take(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'))).toThrow(
    'neither a length nor chunks',
  );
});

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('the load generator sends its requests in turn, holds its connections and times what it counts', async () => {
  const seen = new Map<string, number>();
  const ports = new Set<number>();
  await using server = await serve((request, response) => {
    ports.add(request.socket.remotePort ?? 0);
    request.on('data', (body) => seen.set(String(body), (seen.get(String(body)) ?? 0) + 1));
    request.on('end', () => setTimeout(() => response.end('{"data":{}}'), 20));
  });
  const order = { url: server.url, bodies: ['a', 'b'], connections: 4, warmUpMs: 100, durationMs: 500 };
  let counting = 0;
  const result = await runLoad(order, () => {
    counting += 1;
  });

  expect(counting).toBe(1);
  expect(ports.size).toBe(4);
  expect(Math.abs((seen.get('a') ?? 0) - (seen.get('b') ?? 0))).toBeLessThanOrEqual(1);
  expect(result.errors).toBe(0);
  // Four connections, each answered after 20 ms at the earliest.
  expect(result.requests).toBeLessThanOrEqual((500 / 20) * 4);
  expect(result.requests).toBeGreaterThan(20);
  expect(result.p50).toBeGreaterThanOrEqual(19);
});

test('with a pace, connections begin evenly spread and each waits for its turn', async () => {
  const arrivals: number[] = [];
  await using server = await serve((request, response) => {
    arrivals.push(performance.now());
    request.resume().on('end', () => response.end('{"data":{}}'));
  });
  const pace = { connections: 5, everyMs: 250, warmUpMs: 0, durationMs: 1000 };
  const result = await runLoad({ url: server.url, bodies: ['a'], ...pace });
  const [first = 0, ...later] = arrivals;

  // Five connections, four turns each; a machine that is busy may lose one.
  expect(result.requests).toBeGreaterThanOrEqual(15);
  expect(arrivals.length).toBeLessThanOrEqual(25);
  expect((later.at(3) ?? 0) - first).toBeGreaterThan(150);
});

test('a connection that the server closed while it was idle is opened again, and nothing fails', async () => {
  await using server = await serve((request, response) => {
    request.resume().on('end', () => {
      response.end('{"data":{}}');
      setTimeout(() => request.socket.destroy(), 50);
    });
  });
  const pace = { connections: 1, everyMs: 200, warmUpMs: 0, durationMs: 1000 };
  const result = await runLoad({ url: server.url, bodies: ['a'], ...pace });
  expect(result.errors).toBe(0);
  expect(result.requests).toBeGreaterThanOrEqual(3);
});

test('answers with errors are counted apart', async () => {
  await using server = await serve((request, response) => {
    request.resume().on('end', () => response.end('{"errors":[{"message":"no"}]}'));
  });
  const result = await runLoad({ url: server.url, bodies: ['a'], connections: 2, warmUpMs: 50, durationMs: 200 });
  expect(result.requests).toBe(0);
  expect(result.errors).toBeGreaterThan(0);
});
