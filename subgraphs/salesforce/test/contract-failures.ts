import { vendorFailures } from '@customer360/testing/vendor-failures';
import { clientAt, idsIn, readNames, readsOf } from './reads.ts';
import type { Room } from './support.ts';
import { startRoom } from './support.ts';

const harmless = [
  ['tokens that ended', { expireTokens: true }],
  ['rows that come twice', { scramble: { duplicate: 0.5 } }],
] as const;

export function describeFailures(): void {
  describe('failures', () => {
    let room: Room;
    beforeAll(async () => {
      room = await startRoom({ size: 20 });
    });
    afterAll(() => room[Symbol.asyncDispose]());
    afterEach(() => room.control.heal());
    const read = async (name: (typeof readNames)[number], client: ReturnType<typeof clientAt>) =>
      readsOf(idsIn(room.world))[name](client);

    describe.each(vendorFailures)('%s', (_, faults, fault) => {
      test.each(readNames)(`is ${fault} for %s`, async (name) => {
        const client = clientAt(room.vendorUrl, { SALESFORCE_TIMEOUT_MS: fault === 'timeout' ? '300' : '5000' });
        await client.warmUp();
        room.control.setFaults(faults);
        await expect(read(name, client)).rejects.toMatchObject({ name: 'UpstreamError', system: 'SALESFORCE', fault });
      });
    });

    // A count has no rows that could be left out.
    test.each(readNames.filter((name) => name !== 'customerCount'))(
      'rows that are left out are malformed for %s',
      async (name) => {
        room.control.setFaults({ scramble: { drop: 1 } });
        await expect(read(name, clientAt(room.vendorUrl))).rejects.toMatchObject({ fault: 'malformed' });
      },
    );

    test.each(readNames)('a wrong secret is credentials for %s', async (name) => {
      const client = clientAt(room.vendorUrl, { SALESFORCE_CLIENT_SECRET: 'wrong' });
      await expect(read(name, client)).rejects.toMatchObject({ system: 'SALESFORCE', fault: 'credentials' });
    });

    describe.each(harmless)('%s', (_, faults) => {
      test.each(readNames)('change nothing for %s', async (name) => {
        const client = clientAt(room.vendorUrl);
        const before = await read(name, client);
        room.control.setFaults(faults);
        expect(await read(name, client)).toEqual(before);
      });
    });
  });
}
