import { createNetSuiteClient } from '../src/client.ts';
import type { NetSuiteClient } from '../src/model.ts';
import { comparable } from './comparable.ts';
import { describeFailures } from './contract-failures.ts';
import { describeReads } from './contract-reads.ts';
import { describeRecorded } from './contract-recorded.ts';
import { growLedger, rewriteSubscriptions, spreadRates } from './edges.ts';
import type { ReadName } from './reads.ts';
import { readNames, readsOf } from './reads.ts';
import type { Sandbox, Transport } from './support.ts';
import { accountsClaimed, configFor, startSandbox, transports } from './support.ts';

const allOf = (sandbox: Sandbox) => {
  const accountIds = [0, 1, 2].flatMap((times) => accountsClaimed(sandbox.world, times, 5000));
  const customers = sandbox.world.db.prepare('SELECT id FROM ns_customer ORDER BY id').all();
  return { accountIds, internalIds: customers.map(({ id }) => String(id)) };
};
const clientOf = (url: string, transport: Transport) =>
  createNetSuiteClient(configFor(url, { NETSUITE_TRANSPORT: transport }).netsuite);

/** A sandbox for the tests of one heading. */
function openRoom(transport: Transport, size: number, prepare: (sandbox: Sandbox) => void) {
  let sandbox: Sandbox;
  let client: NetSuiteClient;
  beforeAll(async () => {
    sandbox = await startSandbox({ size });
    prepare(sandbox);
    client = clientOf(sandbox.url, transport);
  });
  afterAll(() => sandbox.close());
  return {
    sandbox: () => sandbox,
    world: () => sandbox.world,
    client: () => client,
    accountIds: () => allOf(sandbox).accountIds,
  };
}

/** What every adapter promises, whichever way it reads NetSuite. */
describe.each(transports)('the client over %s', (transport) => {
  describe('reads', () => {
    describeReads(openRoom(transport, 120, rewriteSubscriptions));
  });

  describe('paging and large key lists', () => {
    const room = openRoom(transport, 1500, (sandbox) => {
      rewriteSubscriptions(sandbox);
      spreadRates(sandbox);
      growLedger(sandbox);
    });
    describeReads(room);

    test.each(readNames)('%s of more than a thousand keys takes further pages or calls', async (read) => {
      const { accountIds, internalIds } = allOf(room.sandbox());
      expect(Math.min(accountIds.length, internalIds.length)).toBeGreaterThan(1000);
      room.sandbox().control.clearCalls();
      await readsOf(accountIds, internalIds)[read](room.client());
      const calls = room.sandbox().control.calls.map(({ operation }) => operation);

      const few = { rest: { suiteql: 1 }, soap: { 'soap:search': 2, 'soap:getPostingTransactionSummary': 1 } }[
        transport
      ];
      const counts = Map.groupBy(calls, (operation) => operation);
      const exceeded = Object.entries(few).filter(
        ([operation, single]) => (counts.get(operation)?.length ?? 0) > single,
      );
      expect(exceeded.length + (counts.get('soap:searchMoreWithId')?.length ?? 0)).toBeGreaterThan(0);
    });
  });

  describeFailures(transport);
  describeRecorded(transport);
});

describe('both transports', () => {
  const room = openRoom('rest', 120, rewriteSubscriptions);

  test.each(readNames)('%s gives equal results', async (read: ReadName) => {
    const { accountIds, internalIds } = allOf(room.sandbox());
    const [overRest, overSoap] = await Promise.all(
      transports.map(async (transport) => {
        const client = clientOf(room.sandbox().url, transport);
        return comparable(await readsOf(accountIds, internalIds)[read](client));
      }),
    );
    expect(JSON.stringify(overRest).length).toBeGreaterThan(200);
    expect(overSoap).toEqual(overRest);
  });
});
