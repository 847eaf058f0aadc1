import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { CollectedSpan } from '@customer360/testing/trace-collector';
import { startTraceCollector } from '@customer360/testing/trace-collector';
import { richAccount } from './expected.ts';
import { startProduct } from './product.ts';

const query = `query Everywhere($id: ID!) {
  customer(id: $id) { name openBalance engagementScore }
}`;
const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

async function ask(url: string, id: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${caller.traceId}-${caller.spanId}-01` },
    body: JSON.stringify({ query, variables: { id } }),
  });
  return (await response.json()) as { data: { customer: Record<string, unknown> }; errors?: unknown };
}

test('one request is one trace from the caller through gateway and subgraphs to the vendors', async () => {
  await using collector = await startTraceCollector();
  await using product = await startProduct({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
  product.forgetCalls();
  const { data, errors } = await ask(product.gateway.url, richAccount(product.world));
  const calls = product.callCount();
  await product.close();
  const { spans } = collector;
  const childrenOf = ({ spanId }: { spanId: string }) => spans.filter((span) => span.parentSpanId === spanId);
  const told = ({ service, name, kind }: CollectedSpan) => ({ service, name, kind });

  expect(errors).toBeUndefined();
  expect(data.customer.name).toEqual(expect.any(String));
  const ours = spans.filter(({ traceId }) => traceId === caller.traceId);
  const roots = childrenOf(caller);
  expect(roots.map(told)).toEqual([{ service: 'gateway', name: 'POST /graphql', kind: 2 }]);
  const [root] = roots as [CollectedSpan];
  expect(root.attributes).toMatchObject({
    'graphql.operation.name': 'Everywhere',
    'graphql.outcome': 'ok',
    'http.response.status_code': 200,
  });
  const inside = childrenOf(root);
  expect(new Set(inside.map(({ name }) => name))).toEqual(
    new Set(['prepare', 'fetch netsuite', 'fetch salesforce', 'fetch marketo']),
  );
  let vendorCalls = 0;
  for (const fetched of inside.filter(({ kind }) => kind === 3)) {
    const service = fetched.name.slice('fetch '.length);
    const served = childrenOf(fetched);
    expect(served.map(told)).toEqual([{ service, name: 'POST /graphql', kind: 2 }]);
    const asked = childrenOf(served[0] as CollectedSpan);
    expect(asked.length).toBeGreaterThan(0);
    for (const call of asked) {
      expect(call).toMatchObject({ service, kind: 3, attributes: { 'server.address': '127.0.0.1' } });
      expect(call.name).toMatch(/^(GET|POST) (NetSuite|Salesforce|Marketo)$/);
    }
    vendorCalls += asked.length;
  }
  expect(vendorCalls).toBe(calls);
  // Every span of the trace hangs below the caller's.
  expect(ours).toHaveLength(1 + inside.length + inside.filter(({ kind }) => kind === 3).length + vendorCalls);
}, 40_000);

test('without an endpoint nobody but the services and their vendors is connected to', async () => {
  const places = new Set<string>();
  const note = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    socket.once('connect', () => places.add(`${socket.remoteAddress}:${socket.remotePort}`));
    socket.once('lookup', (_error, _address, _family, host) => {
      if (host !== '127.0.0.1') places.add(host);
    });
  };
  subscribe('net.client.socket', note);
  try {
    await using product = await startProduct();
    await ask(product.gateway.url, richAccount(product.world));
    const known = [
      product.gateway.url,
      ...Object.values(product.subgraphs).map(({ url }) => url),
      ...Object.values(product.sandboxes.vendors).map(({ url }) => url),
    ].map((url) => new URL(url).host);

    expect(places.size).toBeGreaterThanOrEqual(6);
    expect([...places].filter((place) => !known.includes(place))).toEqual([]);
  } finally {
    unsubscribe('net.client.socket', note);
  }
}, 40_000);
