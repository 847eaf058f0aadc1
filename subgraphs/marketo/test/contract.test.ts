import { join } from 'node:path';
import type { RunningVendor } from '@customer360/sandbox/vendor/server';
import type { World } from '@customer360/sandbox/world/world';
import { openWorld } from '@customer360/sandbox/world/world';
import { describeRecordedAnswers } from '@customer360/testing/recorded-answers';
import { describeFailures } from './contract-failures.ts';
import { describeReads } from './contract-reads.ts';
import type { ReadName } from './reads.ts';
import { clientAt, idsIn, readsOf, smallVendor, startUnlimited, today } from './reads.ts';

function openRoom(size: number, prepare: (world: World) => void = () => undefined) {
  let vendor: RunningVendor;
  let world: World;
  beforeAll(async () => {
    world = openWorld({ seed: 5, size, today });
    prepare(world);
    vendor = await startUnlimited(world);
  });
  afterAll(() => vendor.close());
  return () => ({ ...vendor, world });
}

/** More programs than two pages hold, and an account with more people than one page. */
function grow({ db }: World): void {
  db.exec(`
    INSERT INTO mk_program SELECT 500000 + n.value, 'Program ' || n.value, p.description, p.type, p.channel, p.status,
        p.folder_id, p.folder_name, NULL, p.start_date, p.end_date, p.created_at, p.updated_at
      FROM mk_program p, json_each('[${Array.from({ length: 430 }, (_, index) => index).join()}]') n
      WHERE p.id = (SELECT min(id) FROM mk_program);
    INSERT INTO mk_lead (id, sf_account_id, lead_score, unsubscribed, created_at, updated_at)
      SELECT 5000000 + n.value, (SELECT min(id) FROM sf_account), n.value % 90, 0, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'
      FROM json_each('[${Array.from({ length: 700 }, (_, index) => index).join()}]') n;`);
}

describe('reads', () => {
  describeReads(openRoom(120));
});

describe('paging and large key lists', () => {
  const room = openRoom(1500, grow);
  describeReads(room);

  // A filter takes 300 values, a page of people holds 300 and one of programs 200.
  test.each<[ReadName, string, number]>([
    ['peopleOf', 'leads', 11],
    ['person', 'leads', 9],
    ['campaigns', 'programs', 3],
    ['campaign', 'programs', 3],
    ['figures', 'members', 455],
  ])('%s takes further calls', async (name, operation, fewest) => {
    const { url, world, control } = room();
    control.clearCalls();
    await readsOf(idsIn(world))[name](clientAt(url));
    const calls = control.calls.filter((call) => call.operation === operation);
    expect(calls.length).toBeGreaterThanOrEqual(fewest);
  });
});

describeFailures();

const { args, start } = smallVendor();
describeRecordedAnswers({
  system: 'MARKETO',
  folder: join(import.meta.dirname, 'recorded'),
  isRecording: process.env.RECORD === '1',
  startVendor: start,
  args,
  readsOf,
  clientAt: (url) => clientAt(url),
  enumerated: ['lastInterestingMomentType'],
  // Without its words a moment on the web is a visit, and others are nothing in particular.
  neutral: ['OTHER', 'WEB_VISIT'],
  mayBeEmpty: {
    'costs null': 'how a program without any may be told',
    amount: 'a deal without one earns nothing; Marketo may leave out what is null',
  },
  fewestDrifts: 10,
});
