import { vendorFailures } from '@customer360/testing/vendor-failures';
import { createNetSuiteClient } from '../src/client.ts';
import { comparable } from './comparable.ts';
import { readNames, readsOf } from './reads.ts';
import type { Sandbox, Transport } from './support.ts';
import { accountsClaimed, configFor, startSandbox, wrongSecret } from './support.ts';

/** Beside what every vendor can do: rows that are left out, which NetSuite's answers tell. */
const failures = [...vendorFailures, ['rows that are left out', { scramble: { drop: 1 } }, 'malformed']] as const;

const harmless = [
  ['tokens that ended', { expireTokens: true }],
  ['rows in another order, some of them twice', { scramble: { shuffle: true, duplicate: 0.5 } }],
] as const;

export function describeFailures(transport: Transport): void {
  describe('failures', () => {
    let sandbox: Sandbox;
    let accountIds: string[];
    beforeAll(async () => {
      sandbox = await startSandbox({ size: 60 });
      accountIds = [1, 2].flatMap((times) => accountsClaimed(sandbox.world, times, 20));
    });
    afterAll(() => sandbox.close());
    afterEach(() => sandbox.control.heal());

    const internalIds = () =>
      sandbox.world.db
        .prepare('SELECT id FROM ns_customer LIMIT 20')
        .all()
        .map(({ id }) => String(id));
    const open = async (env: Record<string, string> = {}) => {
      const client = createNetSuiteClient(configFor(sandbox.url, { NETSUITE_TRANSPORT: transport, ...env }).netsuite);
      if (env !== wrongSecret) await client.warmUp();
      return client;
    };
    const read = async (name: (typeof readNames)[number], client: Awaited<ReturnType<typeof open>>) =>
      readsOf(accountIds, internalIds())[name](client);

    describe.each(failures)('%s', (_, faults, fault) => {
      test.each(readNames)(`is ${fault} for %s`, async (name) => {
        const client = await open({ NETSUITE_TIMEOUT_MS: fault === 'timeout' ? '500' : '5000' });
        sandbox.control.setFaults(faults);
        await expect(read(name, client)).rejects.toMatchObject({ name: 'UpstreamError', system: 'NETSUITE', fault });
      });
    });

    test('a wrong secret is credentials for every read', async () => {
      // One client for all of them: NetSuite locks a token that fails five times.
      const client = await open(wrongSecret);
      for (const name of readNames) {
        await expect(read(name, client)).rejects.toMatchObject({ system: 'NETSUITE', fault: 'credentials' });
      }
    });

    describe.each(harmless)('%s', (_, faults) => {
      test.each(readNames)('change nothing for %s', async (name) => {
        const client = await open();
        const before = comparable(await read(name, client));
        sandbox.control.setFaults(faults);
        expect(comparable(await read(name, client))).toEqual(before);
      });
    });
  });
}
