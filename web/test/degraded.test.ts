import { needOf, pauseMs } from '../src/lib/ask-again.ts';
import { bannerText } from '../src/lib/banner.ts';
import { readFailures } from '../src/lib/failures.ts';
import { type Reading, readingState, worstOf } from '../src/lib/reading.ts';
import { systemStates } from '../src/lib/system-state.ts';
import { findTroubles } from '../src/lib/troubles.ts';

const fresh: Reading = {
  source: 'NETSUITE',
  origin: 'CACHE',
  asOf: '2026-11-23T08:00:00.000Z',
  stale: false,
  warning: null,
};
const stale = (warning: string | null, patch: Partial<Reading> = {}): Reading => ({
  ...fresh,
  origin: 'STALE_CACHE',
  stale: true,
  warning,
  ...patch,
});
const away = stale('Financial data is cached (15 min old). NetSuite is temporarily unavailable.');
const refreshing = stale('Financial data is cached (42 s old). It is being refreshed.');
const marketoAway = stale('Marketing data is cached (2 h old). Marketo is temporarily unavailable.', {
  source: 'MARKETO',
  asOf: '2026-11-23T06:00:00.000Z',
});
const spared = stale('CRM data is cached (20 min old). Most calls that Salesforce allows are used up.', {
  source: 'SALESFORCE',
});
const [lost] = readFailures([
  {
    message: 'Marketo is temporarily unavailable. Try again in a moment.',
    path: ['getDashboardMetrics', 'marketing'],
    extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'MARKETO' },
  },
]);
if (!lost) throw new Error('an error of the graph is a failure of the page');

/** The banner as a person reads it, with the age in place. */
const read = (readings: Reading[], failures = [lost].slice(1), age = '15 min') => {
  const text = bannerText(findTroubles(readings, failures), false);
  return text && `${text.scope}${text.asOf ? ` (${age} old)` : ''}${text.tail} ${text.sentence}`;
};

describe('readingState', () => {
  test.each([
    ['Fresh', fresh],
    ['Fresh', { ...fresh, origin: 'LIVE' }],
    ['Fresh', { ...fresh, origin: 'SNAPSHOT' }],
    ['Ageing', refreshing],
    ['Ageing', stale('Financial data is cached (42 s old). NetSuite is answering slowly.')],
    ['Cached', away],
    ['Cached', stale('Financial data is cached (42 s old). NetSuite refused our credentials.')],
    ['Cached', stale('Financial data is cached (1 h old). Something that this page has never heard.')],
    ['Cached', spared],
    ['Cached', stale(null)],
    ['Ageing', stale(null, { origin: 'CACHE' })],
  ])('%s', (state, reading) => {
    expect(readingState(reading)).toBe(state);
  });
});

describe('worstOf', () => {
  test('is as bad as the worst and as old as the oldest', () => {
    const old = { ...fresh, asOf: '2026-11-23T07:00:00.000Z' };
    expect(worstOf([fresh, away, old, refreshing])).toEqual({ ...away, asOf: old.asOf });
    expect(worstOf([])).toBeNull();
  });

  test('is live only when everything is', () => {
    const live = { ...fresh, origin: 'LIVE' };
    expect(worstOf([live, live])?.origin).toBe('LIVE');
    expect(worstOf([live, fresh])?.origin).toBe('CACHE');
    expect(worstOf([fresh, live])?.origin).toBe('CACHE');
  });
});

describe('the banner', () => {
  test('says nothing while nothing is wrong, or values are merely being refreshed', () => {
    expect(read([])).toBeNull();
    expect(read([fresh, refreshing])).toBeNull();
  });

  test('NetSuite away with cached values, word for word', () => {
    expect(read([fresh, away])).toBe('Financial data is cached (15 min old). NetSuite is temporarily unavailable.');
  });

  test('counts its age from the oldest cached value, and from no fresh one', () => {
    const older = { ...away, asOf: '2026-11-23T07:45:00.000Z' };
    const ancient = { ...fresh, asOf: '2026-11-20T00:00:00.000Z' };
    expect(bannerText(findTroubles([away, older, ancient], []), false)?.asOf).toBe(older.asOf);
    expect(bannerText(findTroubles([marketoAway, older], []), false)?.asOf).toBe(marketoAway.asOf);
  });

  test('two systems at once are one banner', () => {
    expect(read([marketoAway, away], [], '2 h')).toBe(
      'Financial and marketing data is cached (2 h old). NetSuite and Marketo are temporarily unavailable.',
    );
  });

  test('three systems at once, too', () => {
    const salesforceAway = { ...away, source: 'SALESFORCE' };
    expect(read([marketoAway, away, salesforceAway], [], '2 h')).toBe(
      'Financial, CRM, and marketing data is cached (2 h old). NetSuite, Salesforce, and Marketo are temporarily unavailable.',
    );
  });

  test('nothing cached: what is missing, without advice that the button gives', () => {
    expect(read([], [lost])).toBe('Marketing data is incomplete. Marketo is temporarily unavailable.');
  });

  test('one system cached and another missing', () => {
    expect(read([away], [lost])).toBe(
      'Financial data is cached (15 min old), marketing data is incomplete. NetSuite and Marketo are temporarily unavailable.',
    );
  });

  test('a system that is partly cached is told by what there is', () => {
    expect(read([marketoAway], [lost], '2 h')).toBe(
      'Marketing data is cached (2 h old). Marketo is temporarily unavailable.',
    );
  });

  test('a system that is spared says so, alone and beside one that is away', () => {
    expect(read([spared], [], '20 min')).toBe(
      'CRM data is cached (20 min old). Most calls that Salesforce allows are used up.',
    );
    expect(read([spared, away], [], '20 min')).toBe(
      'Financial and CRM data is cached (20 min old). NetSuite is temporarily unavailable. Most calls that Salesforce allows are used up.',
    );
    expect(read([spared, away, marketoAway], [], '2 h')).toBe(
      'Financial, CRM, and marketing data is cached (2 h old). NetSuite and Marketo are temporarily unavailable. Most calls that Salesforce allows are used up.',
    );
  });

  test('only a system that is away closes what needs it', () => {
    const gone = { ...lost, system: 'SALESFORCE' as const, sentence: 'Salesforce did not answer in time.' };
    expect(findTroubles([spared], []).map((trouble) => trouble.away)).toEqual([false]);
    expect(findTroubles([spared, { ...away, source: 'SALESFORCE' }], []).map((trouble) => trouble.away)).toEqual([
      true,
    ]);
    expect(findTroubles([spared], [gone])).toMatchObject([{ away: true, sentence: gone.sentence, asOf: spared.asOf }]);
  });

  test('speaks of the whole graph when that is away', () => {
    expect(bannerText(findTroubles([away], []), true)?.sentence).toBe('Customer360 cannot be reached.');
  });
});

describe('asking again', () => {
  const outcome = { unreachable: false, failures: [], readings: [fresh] };

  test('there is no need while all is well, or when asking again brings the same', () => {
    expect(needOf([outcome])).toBeNull();
    expect(needOf([{ ...outcome, readings: [spared] }])).toBeNull();
    expect(needOf([{ ...outcome, failures: [{ ...lost, retryable: false }] }])).toBeNull();
  });

  test.each([
    ['degraded', { failures: [lost] }],
    ['degraded', { readings: [fresh, away] }],
    ['refreshing', { readings: [away, refreshing] }],
    ['unreachable', { unreachable: true, readings: [refreshing] }],
  ])('%s', (need, patch) => {
    expect(needOf([outcome, { ...outcome, ...patch }])).toBe(need);
  });

  test('pauses grow to their longest and differ from page to page', () => {
    expect([0, 1, 2, 9].map((times) => pauseMs('refreshing', times, 0.5))).toEqual([3000, 6000, 12_000, 15_000]);
    expect([0, 9].map((times) => pauseMs('unreachable', times, 0.5))).toEqual([2000, 30_000]);
    expect([0, 0.5, 1].map((random) => Math.round(pauseMs('degraded', 3, random)))).toEqual([12_000, 15_000, 18_000]);
    expect(new Set(Array.from({ length: 20 }, () => pauseMs('degraded', 0))).size).toBeGreaterThan(1);
  });
});

describe('systemStates', () => {
  test('shows the worst that is known of each system', () => {
    const states = systemStates([fresh, { ...refreshing, source: 'SALESFORCE' }, away], new Set(), false);
    expect(states).toEqual({ NETSUITE: 'Cached', SALESFORCE: 'Ageing', MARKETO: 'Unknown' });
  });

  test('one failure outweighs every good reading', () => {
    expect(systemStates([fresh], new Set(['NETSUITE']), true)).toEqual({
      NETSUITE: 'Down',
      SALESFORCE: 'Reading',
      MARKETO: 'Reading',
    });
  });
});
