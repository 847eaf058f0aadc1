import { startProduct } from './product.ts';

const slowMs = 800;
const query = `query ($id: ID!) {
  customer(id: $id) {
    accountId crmFreshness { source }
    ... @defer(label: "erp") { lifetimeValue erpFreshness { source } }
    ... @defer(label: "marketing") { engagementScore marketingFreshness { source } }
  }
}`;

test('with @defer a slow ERP holds up nothing but its own part, and no vendor is asked more', async () => {
  await using product = await startProduct();
  const [row] = (await product.ask('{ customers(first: 1) { nodes { accountId } } }')).data.customers.nodes;
  const variables = { id: row.accountId };
  product.setFaults('netsuite', { latencyMs: slowMs });
  product.forgetCalls();
  const whole = await product.ask(query, variables);
  const calls = product.calls();

  product.forgetCalls();
  const began = performance.now();
  const response = await fetch(`${product.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'multipart/mixed;deferSpec=20220824, application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const cameAfter: Record<string, number> = {};
  let text = '';
  for await (const chunk of (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (const name of ['crmFreshness', 'marketingFreshness', 'erpFreshness']) {
      if (text.includes(name)) cameAfter[name] ??= performance.now() - began;
    }
  }
  process.stdout.write(`with an ERP of ${slowMs} ms: ${JSON.stringify(cameAfter)}\n`);
  expect(whole.data.customer.erpFreshness).toEqual({ source: 'NETSUITE' });
  expect(cameAfter.crmFreshness).toBeLessThan(slowMs / 2);
  expect(cameAfter.marketingFreshness).toBeLessThan(slowMs / 2);
  expect(cameAfter.erpFreshness).toBeGreaterThanOrEqual(slowMs - 10);
  expect(product.calls()).toEqual(calls);
});
