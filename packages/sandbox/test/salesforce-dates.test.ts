import fc from 'fast-check';
import { createCalendar } from '../src/salesforce/soql/calendar.ts';
import { createZone } from '../src/salesforce/soql/zone.ts';
import type { Org } from './salesforce-support.ts';
import { startOrg } from './salesforce-support.ts';

const dayMs = 86_400_000;
const zones = [
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'America/Havana',
  'Europe/London',
  'Asia/Kolkata',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Apia',
  'UTC',
];

/** Which day, as a count since 1970, and which month, as a count since the year 0, clocks show at an instant. */
function calendarAt(timeZone: string, at: number) {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const [year = 0, month = 0, day = 0] = format.format(at).split('-').map(Number);
  return { day: Date.UTC(year, month - 1, day) / dayMs, month: year * 12 + month - 1 };
}

type Count = (place: ReturnType<typeof calendarAt>) => number;
const counts: Record<string, Count> = {
  DAY: ({ day }) => day,
  // The first day of 1970 was a Thursday.
  WEEK: ({ day }) => Math.floor((day + 4) / 7),
  MONTH: ({ month }) => month,
  QUARTER: ({ month }) => Math.floor(month / 3),
  YEAR: ({ month }) => Math.floor(month / 12),
  // Fiscal years start in February.
  FISCAL_QUARTER: ({ month }) => Math.floor((month - 1) / 3),
  FISCAL_YEAR: ({ month }) => Math.floor((month - 1) / 12),
};
const longer = Object.keys(counts).filter((unit) => unit !== 'DAY');

/** A literal with the first and the last unit, counted from the current one, that it covers. */
const literals = fc.oneof(
  fc.constantFrom(
    { literal: 'YESTERDAY', unit: 'DAY', from: -1, to: -1 },
    { literal: 'TODAY', unit: 'DAY', from: 0, to: 0 },
    { literal: 'TOMORROW', unit: 'DAY', from: 1, to: 1 },
    { literal: 'LAST_90_DAYS', unit: 'DAY', from: -90, to: 0 },
    { literal: 'NEXT_90_DAYS', unit: 'DAY', from: 1, to: 90 },
  ),
  fc.tuple(fc.constantFrom(...longer), fc.constantFrom('LAST', 'THIS', 'NEXT')).map(([unit, which]) => {
    const from = ['LAST', 'THIS', 'NEXT'].indexOf(which) - 1;
    return { literal: `${which}_${unit}`, unit, from, to: from };
  }),
  fc
    .tuple(
      fc.constantFrom(...Object.keys(counts)),
      fc.constantFrom('LAST', 'NEXT', 'AGO'),
      fc.integer({ min: 1, max: 30 }),
    )
    .map(([unit, which, n]) => {
      if (which === 'AGO') return { literal: `N_${unit}S_AGO:${n}`, unit, from: -n, to: -n };
      const literal = `${which}_N_${unit}S:${n}`;
      if (which === 'NEXT') return { literal, unit, from: 1, to: n };
      return { literal, unit, from: -n, to: unit === 'DAY' ? 0 : -1 };
    }),
);

const instants = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2030, 0, 1) });

test('a literal covers the instants of the days, weeks, months, quarters and years that it names, in any zone', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      literals,
      instants,
      fc.integer({ min: -1000, max: 1000 }),
      fc.integer({ min: -3 * dayMs, max: 3 * dayMs }),
      (timeZone, { literal, unit, from, to }, now, away, near) => {
        const calendar = createCalendar({ timeZone, now: () => now });
        const { start, end } = calendar.instants(literal);
        const count = counts[unit] as Count;
        const current = count(calendarAt(timeZone, now));
        // Somewhere in the years around, and close to each end.
        for (const at of [now + away * dayMs, Date.parse(start) + near, Date.parse(end) + near]) {
          const offset = count(calendarAt(timeZone, at)) - current;
          const covered = at >= Date.parse(start) && at < Date.parse(end);
          expect({ literal, at, covered }).toEqual({ literal, at, covered: offset >= from && offset <= to });
        }
      },
    ),
    { numRuns: 1500, seed: 7 },
  );
});

test('a clock shows what the zone says, to the second', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (timeZone, at) => {
      const shown = new Date(at).toLocaleString('sv-SE', { timeZone });
      expect(createZone(timeZone).clockAt(at)).toBe(shown.replace(' ', 'T'));
    }),
    { numRuns: 500, seed: 7 },
  );
});

test.each([
  ['America/Los_Angeles', '2026-03-08', '2026-03-08T08:00:00Z'],
  ['America/Los_Angeles', '2026-03-09', '2026-03-09T07:00:00Z'],
  ['America/Los_Angeles', '2026-11-02', '2026-11-02T08:00:00Z'],
  // Its clocks went from midnight to one o'clock.
  ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z'],
  // Its clocks went from midnight back to eleven.
  ['America/Sao_Paulo', '2018-02-18', '2018-02-18T03:00:00Z'],
  // A day that the island left out.
  ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
])('in %s %s starts at %s', (timeZone, date, instant) => {
  expect(createZone(timeZone).startOf(date)).toBe(instant);
});

describe('queries', () => {
  let org: Org;
  let now = '2026-11-02T12:00:00Z';
  beforeAll(async () => {
    org = await startOrg(10, { now: () => Date.parse(now), idleMs: Number.POSITIVE_INFINITY });
    org.world.db.exec(
      "DELETE FROM sf_event; DELETE FROM sf_task; UPDATE sf_case SET created_at = '2020-01-01T00:00:00Z'",
    );
  });
  afterAll(() => org.close());

  async function rows(soql: string): Promise<Record<string, unknown>[]> {
    const { status, body } = await org.query(soql);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return (body as { records: Record<string, unknown>[] }).records;
  }
  const cases = () => org.sql('SELECT id FROM sf_case ORDER BY id').map(({ id }) => String(id));
  const create = (id: string | undefined, at: string) =>
    org.world.db.prepare('UPDATE sf_case SET created_at = ? WHERE id = ?').run(at, String(id));

  test('the day on which the clocks went back has 25 hours', async () => {
    const [before, first, last, after] = cases();
    create(before, '2026-11-01T06:59:59Z');
    create(first, '2026-11-01T07:00:00Z');
    create(last, '2026-11-02T07:59:59Z');
    create(after, '2026-11-02T08:00:00Z');
    const yesterday = await rows('SELECT Id FROM Case WHERE CreatedDate = YESTERDAY ORDER BY Id');
    const later = await rows('SELECT Id FROM Case WHERE CreatedDate IN (TODAY, TOMORROW) ORDER BY Id');
    const days = await rows(
      'SELECT DAY_ONLY(convertTimezone(CreatedDate)) day, COUNT(Id) n FROM Case WHERE CreatedDate = LAST_N_DAYS:5 GROUP BY DAY_ONLY(convertTimezone(CreatedDate)) ORDER BY DAY_ONLY(convertTimezone(CreatedDate))',
    );
    const utc = await rows(
      'SELECT DAY_ONLY(CreatedDate) day, COUNT(Id) n FROM Case WHERE DAY_ONLY(CreatedDate) >= 2026-11-01 GROUP BY DAY_ONLY(CreatedDate)',
    );
    const hours = await rows(
      'SELECT HOUR_IN_DAY(convertTimezone(CreatedDate)) hour FROM Case WHERE DAY_ONLY(convertTimezone(CreatedDate)) = 2026-11-01 GROUP BY HOUR_IN_DAY(convertTimezone(CreatedDate)) ORDER BY HOUR_IN_DAY(convertTimezone(CreatedDate))',
    );

    expect(yesterday.map(({ Id }) => Id)).toEqual([first, last]);
    expect(later.map(({ Id }) => Id)).toEqual([after]);
    expect(days.map(({ day, n }) => [day, n])).toEqual([
      ['2026-10-31', 1],
      ['2026-11-01', 2],
      ['2026-11-02', 1],
    ]);
    expect(utc.map(({ day, n }) => [day, n])).toEqual([
      ['2026-11-01', 2],
      ['2026-11-02', 2],
    ]);
    expect(hours.map(({ hour }) => hour)).toEqual([0, 23]);
  });

  test('the same query means another day when the clock goes on', async () => {
    const soql = 'SELECT Id FROM Case WHERE CreatedDate = TODAY';
    const [, , , after] = cases();
    expect((await rows(soql)).map(({ Id }) => Id)).toEqual([after]);
    now = '2026-11-03T07:59:00Z';
    expect(await rows(soql)).toHaveLength(1);
    now = '2026-11-03T08:00:00Z';
    expect(await rows(soql)).toEqual([]);
  });

  test('an appointment is on the day of the user, one of all day on the day that was given', async () => {
    const at = { StartDateTime: '2026-11-02T05:00:00Z', EndDateTime: '2026-11-02T06:00:00Z' };
    await org.call('POST', '/sobjects/Event', { Subject: 'Evening', ...at });
    const whole = { StartDateTime: '2026-11-02T00:00:00Z', EndDateTime: '2026-11-02T00:00:00Z', IsAllDayEvent: true };
    await org.call('POST', '/sobjects/Event', { Subject: 'Whole day', ...whole });
    const events = await rows('SELECT Subject, ActivityDate, FORMAT(StartDateTime) shown FROM Event ORDER BY Subject');

    expect(events.map(({ ActivityDate }) => ActivityDate)).toEqual(['2026-11-01', '2026-11-02']);
    expect(events[0]?.shown).toMatch(/^11\/1\/26, 9:00\sPM$/);
  });

  test('a deal belongs to the fiscal year that ends after it', async () => {
    const years = await rows(
      'SELECT FiscalYear year, FiscalQuarter quarter, FISCAL_YEAR(CloseDate) computed, MIN(CloseDate) earliest, MAX(CloseDate) latest FROM Opportunity GROUP BY FiscalYear, FiscalQuarter, FISCAL_YEAR(CloseDate)',
    );

    for (const { year, quarter, computed, earliest, latest } of years) {
      expect(computed).toBe(year);
      for (const date of [String(earliest), String(latest)]) {
        const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 2;
        expect([year, quarter]).toEqual([Math.floor(month / 12) + 1, Math.floor((month % 12) / 3) + 1]);
      }
    }
    expect(years.length).toBeGreaterThan(3);
  });

  test('who and where the user is', async () => {
    const [user] = await rows('SELECT TimeZoneSidKey FROM User ORDER BY Id LIMIT 1');
    const [organization] = await rows('SELECT TimeZoneSidKey, FiscalYearStartMonth FROM Organization');
    const zonesOfUsers = await rows('SELECT TimeZoneSidKey FROM User');
    const info = await fetch(`${org.vendor.url}/services/oauth2/userinfo`, {
      headers: { authorization: `Bearer ${org.token}` },
    });

    expect(user?.TimeZoneSidKey).toBe('America/Los_Angeles');
    expect(organization).toMatchObject({ TimeZoneSidKey: 'America/Los_Angeles', FiscalYearStartMonth: 2 });
    expect(new Set(zonesOfUsers.map(({ TimeZoneSidKey }) => TimeZoneSidKey)).size).toBeGreaterThan(2);
    expect(await info.json()).toMatchObject({ zoneinfo: 'America/Los_Angeles', utcOffset: -28_800_000 });
  });

  test.each([
    'convertTimezone(CreatedDate)',
    'COUNT(convertTimezone(CreatedDate))',
    'DAY_ONLY(convertTimezone(Subject))',
  ])('%s is refused', async (call) => {
    const { status, body } = await org.query(`SELECT ${call} FROM Case`);
    expect([status, (body as { errorCode: string }[])[0]?.errorCode]).toEqual([400, 'MALFORMED_QUERY']);
  });
});
