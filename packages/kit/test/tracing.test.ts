import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTraceCollector } from '@customer360/testing/trace-collector';
import { createVendorHttp } from '../src/http.ts';
import type { Handler } from '../src/server.ts';
import { sendJson, startServer } from '../src/server.ts';
import { traceFields } from '../src/spans.ts';
import { createTracing } from '../src/tracing.ts';

async function startVendor() {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    seen,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/path?access_token=secret`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Asks a vendor once for each request. */
function asking(url: string, said: object[] = []): Handler {
  const http = createVendorHttp({ system: 'MARKETO' });
  return async (_, response) => {
    await http.send({ method: 'GET', url, headers: { authorization: 'Bearer top-secret' } });
    said.push(traceFields());
    sendJson(response, 200, {});
    return true;
  };
}

const listen = { host: '127.0.0.1', port: 0 };

test('the vendor is told of the trace, log lines carry it, and no address or credential is in a span', async () => {
  await using collector = await startTraceCollector();
  await using vendor = await startVendor();
  const said: object[] = [];
  const tracing = await createTracing('things', { endpoint: collector.url, share: 1 });
  const server = await startServer({ ...listen, tracing, handlers: [asking(vendor.url, said)] });
  await fetch(`${server.url}/graphql`, { method: 'POST' });
  await server.close();
  await tracing?.close();
  const [call, served] = ['GET Marketo', 'POST /graphql'].map((name) =>
    collector.spans.find((span) => span.name === name),
  );

  expect(collector.spans).toHaveLength(2);
  expect(call?.parentSpanId).toBe(served?.spanId);
  expect(served?.parentSpanId).toBeUndefined();
  expect(vendor.seen[0]).toMatchObject({
    authorization: 'Bearer top-secret',
    traceparent: `00-${served?.traceId}-${call?.spanId}-01`,
  });
  expect(said).toEqual([{ traceId: served?.traceId, spanId: served?.spanId }]);
  expect(JSON.stringify(collector.spans)).not.toMatch(/secret|path/);
});

test('without settings there is no tracing, and the vendor hears nothing of it', async () => {
  await using vendor = await startVendor();
  const said: object[] = [];
  const tracing = await createTracing('things', null);
  const server = await startServer({ ...listen, tracing, handlers: [asking(vendor.url, said)] });
  await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
  });
  await server.close();

  expect(tracing).toBeNull();
  expect(vendor.seen[0]).not.toHaveProperty('traceparent');
  expect(said).toEqual([{}]);
});

test('a share of none keeps no trace but those that a caller keeps', async () => {
  await using collector = await startTraceCollector();
  await using vendor = await startVendor();
  const tracing = await createTracing('things', { endpoint: collector.url, share: 0 });
  const server = await startServer({ ...listen, tracing, handlers: [asking(vendor.url)] });
  await fetch(`${server.url}/graphql`, { method: 'POST' });
  await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
  });
  await server.close();
  await tracing?.close();

  expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(new Set(['0af7651916cd43dd8448eb211c80319c']));
});

test('a collector that hangs or is gone holds nothing up', async () => {
  const hung = createServer(() => undefined);
  await new Promise<void>((resolve) => hung.listen(0, '127.0.0.1', resolve));
  for (const endpoint of [`http://127.0.0.1:${(hung.address() as AddressInfo).port}`, 'http://127.0.0.1:9']) {
    const tracing = await createTracing('things', { endpoint, share: 1 });
    const handler: Handler = (_, response) => {
      sendJson(response, 200, {});
      return true;
    };
    const server = await startServer({ ...listen, tracing, handlers: [handler] });
    expect((await fetch(`${server.url}/graphql`, { method: 'POST' })).status).toBe(200);
    await server.close();
    const began = performance.now();
    await tracing?.close();
    expect(performance.now() - began).toBeLessThan(3000);
  }
  hung.closeAllConnections();
  hung.close();
});
