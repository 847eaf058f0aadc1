import { eventually } from '@customer360/testing/eventually';
import { operations } from '../src/faults/operations.ts';
import { expectedFinancials, richAccount } from './expected.ts';
import { startProduct } from './product.ts';

// A tenth of 5 s and 30 s.
const [timeoutMs, resetMs] = [500, 3000];
const env = {
  NETSUITE_TIMEOUT_MS: String(timeoutMs),
  NETSUITE_RESET_TIMEOUT_MS: String(resetMs),
  // The gateway goes by the system's clock: what it keeps would not be 15 minutes old.
  OPERATION_CACHE: 'false',
};

test('NetSuite gone for 15 minutes: ARR and cash are shown with their true age, the rest is live, and it heals by one probe', async () => {
  // Noon, so that moving the clock does not change the day.
  const noon = Date.parse(`${new Date().toISOString().slice(0, 10)}T12:00:00Z`);
  let aheadMs = noon - Date.now();
  const now = () => Date.now() + aheadMs;
  await using product = await startProduct({ size: 60, cached: true, env, clock: () => new Date(now()) });
  const dashboard = async () => {
    const { data, errors, status } = await product.ask(operations.dashboard.text);
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    return data.getDashboardMetrics;
  };
  const rail = async () => {
    const accountId = richAccount(product.world);
    const { data, errors, status } = await product.ask(operations.rail.text, { accountId });
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    return data.customer;
  };

  const readAfter = now();
  const [before, customer] = await Promise.all([dashboard(), rail()]);
  const readBefore = now();
  expect(before.financials).toMatchObject(expectedFinancials(product.world));

  product.setFaults('netsuite', { outage: 'refuse' });
  aheadMs += 15 * 60_000;
  // Enough of them fail for the circuit to open.
  for (let round = 0; round < 4; round += 1) await Promise.all([dashboard(), rail()]);
  product.forgetCalls();
  const [during, customerDuring] = await Promise.all([dashboard(), rail()]);

  const { freshness, ...figures } = during.financials;
  const { freshness: _, ...figuresBefore } = before.financials;
  expect(figures).toEqual(figuresBefore);
  expect(freshness.warning).toBe('Financial data is cached (15 min old). NetSuite is temporarily unavailable.');
  expect(freshness).toMatchObject({ source: 'NETSUITE', origin: 'STALE_CACHE', stale: true });
  expect(Date.parse(freshness.asOf)).toBeGreaterThanOrEqual(readAfter);
  expect(Date.parse(freshness.asOf)).toBeLessThanOrEqual(readBefore);
  expect(freshness.ageSeconds).toBeGreaterThanOrEqual((now() - Date.parse(freshness.asOf)) / 1000 - 2);
  expect(freshness.ageSeconds).toBeLessThanOrEqual((now() - Date.parse(freshness.asOf)) / 1000 + 1);
  expect(customerDuring.erpFreshness).toMatchObject({ stale: true, warning: freshness.warning });
  expect(customerDuring.openBalance).toBe(customer.openBalance);
  for (const live of [during.pipelineFreshness, during.marketingFreshness, customerDuring.crmFreshness]) {
    expect(live).toMatchObject({ stale: false, warning: null });
  }
  expect(Date.parse(during.pipelineFreshness.asOf)).toBeGreaterThan(readBefore);
  expect(Date.parse(customerDuring.crmFreshness.asOf)).toBeGreaterThan(readBefore);
  expect(during.pipeline).toEqual(before.pipeline);
  expect(during.marketing).toEqual(before.marketing);
  expect(product.calls().netsuite).toEqual([]);

  product.forgetCalls();
  product.heal();
  const healed = performance.now();
  await eventually(async () => {
    const answers = await Promise.all([dashboard(), dashboard(), rail()]);
    const told = answers.map((answer) => answer.financials?.freshness ?? answer.erpFreshness);
    return told.every(({ stale }) => !stale);
  }, 2 * resetMs);
  // A little for the machine, on which ten times as much would be a second.
  expect(performance.now() - healed).toBeLessThan(resetMs + timeoutMs + 500);
  const [probe, ...others] = product.sandboxes.vendors.netsuite?.control.calls ?? [];
  const probeEnded = Date.parse(probe?.at ?? '') + (probe?.ms ?? 0);
  expect(others.length).toBeGreaterThan(0);
  for (const other of others) expect(Date.parse(other.at)).toBeGreaterThanOrEqual(probeEnded - 5);
  expect((await dashboard()).financials.freshness).toMatchObject({ stale: false, warning: null });
});
