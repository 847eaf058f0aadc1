import { bannerText } from '../src/lib/banner.ts';
import { failedSystems, failureOf, readFailures } from '../src/lib/failures.ts';
import { systemStates } from '../src/lib/system-state.ts';

const away = (source: string, path: (string | number)[], message = `${source} is away.`) => ({
  message,
  path,
  extensions: { code: 'UPSTREAM_UNAVAILABLE', source },
});

describe('failureOf', () => {
  test('an error of one row explains the column and leaves its neighbours alone', () => {
    const failures = readFailures([away('NETSUITE', ['getActivePipeline', 0, 'paymentStatus'])]);
    const column = (field: string) => failureOf(failures, { system: 'NETSUITE', path: ['getActivePipeline', field] });
    expect(column('paymentStatus')).toBeDefined();
    expect(column('invoices')).toBeUndefined();
  });

  test('an error at the root explains only the sections of its own system', () => {
    const failures = readFailures([away('NETSUITE', ['customer'])]);
    expect(failureOf(failures, { system: 'NETSUITE', path: ['customer', 'finance'] })).toBeDefined();
    expect(failureOf(failures, { system: 'SALESFORCE', path: ['customer', 'name'] })).toBeUndefined();
  });

  test('an error below a section explains the section', () => {
    const failures = readFailures([away('NETSUITE', ['getDashboardMetrics', 'financials', 'arr'])]);
    expect(failureOf(failures, { system: 'NETSUITE', path: ['getDashboardMetrics', 'financials'] })).toBeDefined();
  });

  test('a refused request explains every section', () => {
    const failures = readFailures([
      { message: 'No such id.', path: ['customer'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(failureOf(failures, { system: 'MARKETO', path: ['customer', 'leadSource'] })?.sentence).toBe('No such id.');
    expect(failedSystems(failures).size).toBe(0);
  });
});

test('a subgraph that cannot be reached is called by its system name', () => {
  const [failure] = readFailures([away('NETSUITE', ['customer', 'finance'], 'netsuite did not answer in time.')]);
  expect(failure?.sentence).toBe('NetSuite did not answer in time.');
});

describe('bannerText', () => {
  test('says nothing when nothing failed', () => {
    expect(bannerText(new Map(), false)).toBeNull();
  });

  test('repeats the reason of a single system', () => {
    expect(bannerText(new Map([['MARKETO', 'Marketo accepts no more calls at the moment.']]), false)).toEqual({
      scope: 'Marketing data is incomplete.',
      sentence: 'Marketo accepts no more calls at the moment.',
    });
  });

  test('merges several systems into one sentence', () => {
    const failed = new Map([
      ['MARKETO', 'a'],
      ['NETSUITE', 'b'],
    ] as const);
    expect(bannerText(failed, false)).toEqual({
      scope: 'Financial and marketing data is incomplete.',
      sentence: 'NetSuite and Marketo are temporarily unavailable.',
    });
  });

  test('speaks of the whole graph when that is away', () => {
    expect(bannerText(new Map([['NETSUITE', 'b']]), true)?.sentence).toBe('Customer360 cannot be reached.');
  });
});

describe('systemStates', () => {
  const fresh = { source: 'NETSUITE', origin: 'LIVE', stale: false };

  test('shows the worst that is known of each system', () => {
    const states = systemStates(
      [fresh, { source: 'SALESFORCE', origin: 'CACHE', stale: true }, { ...fresh, origin: 'STALE_CACHE' }],
      new Map(),
      false,
    );
    expect(states).toEqual({ NETSUITE: 'Cached', SALESFORCE: 'Ageing', MARKETO: 'Unknown' });
  });

  test('one failure outweighs every good reading', () => {
    expect(systemStates([fresh], new Map([['NETSUITE', 'x']]), true)).toEqual({
      NETSUITE: 'Down',
      SALESFORCE: 'Reading',
      MARKETO: 'Reading',
    });
  });
});
