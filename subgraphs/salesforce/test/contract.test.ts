import { join } from 'node:path';
import { describeRecordedAnswers } from '@customer360/testing/recorded-answers';
import { describeFailures } from './contract-failures.ts';
import { describeReads } from './contract-reads.ts';
import type { ReadName } from './reads.ts';
import { clientAt, idsIn, readsOf, smallVendor } from './reads.ts';
import type { Room } from './support.ts';
import { startRoom } from './support.ts';

function openRoom(size: number) {
  let room: Room;
  beforeAll(async () => {
    room = await startRoom({ size });
  });
  afterAll(() => room[Symbol.asyncDispose]());
  return () => room;
}

describe('reads', () => {
  describeReads(openRoom(120));
});

describe('paging and large key lists', () => {
  const room = openRoom(2300);
  describeReads(room);

  // A page holds 2,000 records, an address about 700 ids.
  test.each<[ReadName, string[]]>([
    ['account', ['composite']],
    ['opportunity', ['composite']],
    ['ticket', ['composite']],
    ['opportunitiesOf', ['composite', 'query']],
    ['openTicketsOf', ['composite', 'query']],
    ['opportunities', ['query', 'query']],
    ['deals', ['query', 'query']],
    ['customers', ['query', 'query']],
  ])('%s takes further pages, or a body for the ids', async (name, operations) => {
    const client = clientAt(room().vendorUrl);
    await client.warmUp();
    room().control.clearCalls();
    await readsOf(idsIn(room().world))[name](client);
    expect(room().operations()).toEqual(expect.arrayContaining(operations));
    expect(room().operations().length).toBeGreaterThanOrEqual(operations.length);
  });
});

describeFailures();

const { args, start } = smallVendor();
describeRecordedAnswers({
  system: 'SALESFORCE',
  folder: join(import.meta.dirname, 'recorded'),
  isRecording: process.env.RECORD === '1',
  startVendor: start,
  args,
  readsOf,
  clientAt: (url) => clientAt(url),
  enumerated: ['StageName', 'Status', 'Priority'],
  // A picklist is open: a word that is new is shown as it is.
  neutral: ['somethingNew'],
  freeText: ['CaseNumber'],
  mayBeEmpty: {
    'Cases null': 'how an account without any is told',
    'Opportunities null': 'how an account without any is told',
    'probability null': 'a deal without one counts nothing in the weighted sum',
    'total null': 'the sum of deals without an amount',
  },
  fewestDrifts: 10,
});
