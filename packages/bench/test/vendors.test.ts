import { startSandboxes } from '@customer360/sandbox/start';
import { watchVendors } from '../src/product/vendors.ts';

test('data calls since a moment are counted, logins are not, and refusals are told apart', async () => {
  const sandboxes = await startSandboxes({ host: '127.0.0.1', ports: { salesforce: 0 }, size: 1 });
  try {
    const url = sandboxes.vendors.salesforce?.url ?? '';
    const vendors = watchVendors([url]);
    const ask = (path: string) => fetch(`${url}${path}`).then((response) => response.arrayBuffer());
    await ask('/services/data/v57.0/query?q=before');
    await new Promise((resolve) => setTimeout(resolve, 5));
    const moment = new Date();
    await ask('/services/data/');
    await ask('/services/oauth2/token');
    await ask('/services/data/v57.0/query?q=without+a+token');

    expect(await vendors.since(moment)).toEqual({ calls: 2, refused: 1 });
    await vendors.slowDown(60);
    const began = performance.now();
    await ask('/services/data/');
    expect(performance.now() - began).toBeGreaterThanOrEqual(55);
    await vendors.settle();
  } finally {
    await sandboxes.close();
  }
});
