import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { createVendorHttp, parseJson, readAs } from '../src/http.ts';

async function withVendor<Result>(answer: RequestListener, use: (url: string) => Promise<Result>): Promise<Result> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const http = (options = {}) => createVendorHttp({ system: 'NETSUITE', ...options });
const get = (url: string, options = {}) =>
  http(options).send({ method: 'GET', url, headers: { authorization: 'Bearer top-secret' } });

test('statuses and bodies come back as they are', async () => {
  await withVendor(
    (_, response) => response.writeHead(429, { 'Retry-After': '7' }).end('{"not": "parsed"}'),
    async (url) => {
      expect(await get(url)).toMatchObject({ status: 429, text: '{"not": "parsed"}', headers: { 'retry-after': '7' } });
    },
  );
});

test('a vendor that drips is cut at the deadline', async () => {
  await withVendor(
    (_, response) => {
      response.writeHead(200);
      setInterval(() => response.write('x'), 30).unref();
    },
    async (url) => {
      const began = performance.now();
      await expect(get(url, { timeoutMs: 150 })).rejects.toMatchObject({ fault: 'timeout' });
      expect(performance.now() - began).toBeLessThan(1000);
    },
  );
});

test('redirects are not followed', async () => {
  let trapped = false;
  await withVendor(
    (request, response) => {
      if (request.url === '/trap') trapped = true;
      response.writeHead(302, { location: '/trap' }).end();
    },
    async (url) => expect((await get(url)).status).toBe(302),
  );
  expect(trapped).toBe(false);
});

test('an answer larger than allowed is refused', async () => {
  await withVendor(
    (_, response) => response.end('x'.repeat(100_000)),
    async (url) => {
      await expect(get(url, { maxBytes: 50_000 })).rejects.toMatchObject({ fault: 'malformed' });
    },
  );
});

test('no connection is unavailable, and the error holds no credential or address', async () => {
  const failure = await get('http://127.0.0.1:9/path').catch((error: unknown) => error);
  expect(failure).toMatchObject({ fault: 'unavailable', system: 'NETSUITE' });
  const seen = JSON.stringify(failure, Object.getOwnPropertyNames(failure));
  expect(seen).not.toContain('top-secret');
  expect((failure as Error).message).not.toContain('127.0.0.1');
});

test.each(['', '<html>', '{"a":', 'NaN'])('%j is not JSON', (text) => {
  expect(() => parseJson('MARKETO', text)).toThrow(expect.objectContaining({ fault: 'malformed' }));
});

test('an answer of another shape names the fields, not the values', () => {
  const schema = z.object({ rows: z.array(z.object({ id: z.string() })) });
  expect(() => readAs('MARKETO', schema, { rows: [{ id: 42 }] })).toThrow(/at rows\.0\.id$/);
});

describe('an answer of another type than was asked for', () => {
  const ask = (url: string, expect: 'json' | 'xml') => http().send({ method: 'POST', url, body: '{}', expect });

  test.each([
    ['json', 'application/json;charset=UTF-8'],
    ['json', 'application/vnd.oracle.resource+json; type=collection'],
    ['xml', 'text/xml; charset=utf-8'],
    ['xml', 'application/soap+xml'],
  ] as const)('%s may say that it is %s', async (expected, type) => {
    await withVendor(
      (_, response) => response.writeHead(200, { 'content-type': type }).end('{}'),
      async (url) => expect(await ask(url, expected)).toMatchObject({ status: 200, text: '{}' }),
    );
  });

  test.each([
    ['json', 'text/html'],
    ['json', 'application/jsonp'],
    ['json', 'text/xml'],
    ['xml', 'application/json'],
    ['json', undefined],
  ] as const)('%s that says that it is %s is malformed', async (expected, type) => {
    await withVendor(
      (_, response) => response.writeHead(200, type ? { 'content-type': type } : {}).end('{}'),
      async (url) => expect(ask(url, expected)).rejects.toMatchObject({ fault: 'malformed' }),
    );
  });

  test('a failure may be of any type', async () => {
    await withVendor(
      (_, response) => response.writeHead(503, { 'content-type': 'text/html' }).end('<html>'),
      async (url) => expect(await ask(url, 'json')).toMatchObject({ status: 503 }),
    );
  });
});

test.each([
  ['damaged letters', {}, Buffer.from([0x22, 0x41, 0xc1, 0x42, 0x22])],
  ['what cannot be unpacked', { 'content-encoding': 'gzip' }, Buffer.from('plain')],
])('%s are malformed, and no text', async (_, headers, body) => {
  await withVendor(
    (__, response) => response.writeHead(200, headers).end(body),
    async (url) => expect(get(url)).rejects.toMatchObject({ fault: 'malformed' }),
  );
});
