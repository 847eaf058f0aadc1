import { createVendorHttp } from '@customer360/kit/http';
import { createVendorPolicy } from '@customer360/kit/policy';
import { openDescription, whyNoDescription } from '@customer360/testing/netsuite-xsd';
import { createSoapClient } from '../src/soap/client.ts';
import { createSoapConnection } from '../src/soap/connection.ts';
import { readNames, readsOf } from './reads.ts';
import { accountsClaimed, configFor, startSandbox } from './support.ts';

const specs = process.env.VENDOR_SPECS ?? '';
const missing = whyNoDescription(specs);

/** A client by the vendor's own description, and every message that it sends and gets. */
async function openBench() {
  const vendor = openDescription(specs);
  const sandbox = await startSandbox({ size: 60 });
  const messages: Record<string, string> = {};
  const http = createVendorHttp({ system: 'NETSUITE' });
  const settings = configFor(sandbox.url, { NETSUITE_SOAP_VERSION: vendor.version, NETSUITE_WSDL: vendor.wsdl });
  const connection = createSoapConnection({
    http: {
      async send(call) {
        const answer = await http.send(call);
        const number = Object.keys(messages).length / 2;
        messages[`${number} request`] = call.body ?? '';
        messages[`${number} answer`] = answer.text;
        return answer;
      },
    },
    policy: createVendorPolicy({ system: 'NETSUITE', timeoutMs: 20_000 }),
    settings: settings.netsuite,
  });
  await connection.warmUp();
  return {
    client: createSoapClient(connection),
    world: sandbox.world,
    messages,
    validate: () => vendor.validate(messages),
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      vendor.close();
    },
  };
}

if (missing) {
  test.skip(`not run: ${missing}`, () => undefined);
} else {
  test('what every read sends and gets is valid by the vendor’s schemas', async () => {
    await using bench = await openBench();
    const accountIds = [0, 1, 2].flatMap((times) => accountsClaimed(bench.world, times, 20));
    for (const read of readNames) {
      const result = await readsOf(accountIds, ['4001', '4002'])[read](bench.client);
      expect(JSON.stringify(result).length).toBeGreaterThan(50);
    }
    expect(Object.keys(bench.messages).length).toBeGreaterThanOrEqual(2 * 14);
    expect(Object.values(bench.messages).every((message) => message.includes('Envelope'))).toBe(true);
    expect(bench.validate()).toEqual([]);
  }, 60_000);
}
