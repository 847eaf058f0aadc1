import type { RunningVendor } from '@customer360/sandbox/vendor/server';
import type { World } from '@customer360/sandbox/world/world';
import { openWorld } from '@customer360/sandbox/world/world';
import { vendorFailures } from '@customer360/testing/vendor-failures';
import { clientAt, idsIn, readNames, readsOf, startUnlimited, today } from './reads.ts';

const harmless = [
  ['tokens that ended', { expireTokens: true }],
  // Rows that are left out cannot be told: no answer says how many there are.
  ['rows in another order, some of them twice', { scramble: { shuffle: true, duplicate: 0.5 } }],
] as const;

export function describeFailures(): void {
  describe('failures', () => {
    let vendor: RunningVendor;
    let world: World;
    beforeAll(async () => {
      world = openWorld({ seed: 5, size: 20, today });
      vendor = await startUnlimited(world);
    });
    afterAll(() => vendor.close());
    afterEach(() => vendor.control.heal());
    const read = async (name: (typeof readNames)[number], client: ReturnType<typeof clientAt>) =>
      readsOf(idsIn(world))[name](client);
    /** A client that has logged in. */
    const open = async (env: Record<string, string> = {}) => {
      const client = clientAt(vendor.url, env);
      await read('campaigns', client);
      return client;
    };

    describe.each(vendorFailures)('%s', (_, faults, fault) => {
      test.each(readNames)(`is ${fault} for %s`, async (name) => {
        const client = await open({ MARKETO_TIMEOUT_MS: fault === 'timeout' ? '400' : '5000' });
        vendor.control.setFaults(faults);
        await expect(read(name, client)).rejects.toMatchObject({ name: 'UpstreamError', system: 'MARKETO', fault });
      });
    });

    test.each(readNames)('a wrong secret is credentials for %s', async (name) => {
      const client = clientAt(vendor.url, { MARKETO_CLIENT_SECRET: 'wrong' });
      await expect(read(name, client)).rejects.toMatchObject({ system: 'MARKETO', fault: 'credentials' });
    });

    describe.each(harmless)('%s', (_, faults) => {
      test.each(readNames)('change nothing for %s', async (name) => {
        const client = await open();
        const before = inOrder(await read(name, client));
        vendor.control.setFaults(faults);
        expect(inOrder(await read(name, client))).toEqual(before);
      });
    });
  });
}

/** Lists of people and figures have no order of their own. */
function inOrder(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map(inOrder).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
