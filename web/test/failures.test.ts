import { failedSystems, failureOf, readFailures } from '../src/lib/failures.ts';

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
