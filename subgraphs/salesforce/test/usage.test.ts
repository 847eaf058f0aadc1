import { periodOf, readUsage } from '../src/usage.ts';
import { startRoom } from './support.ts';

test.each([
  ['api-usage=18/15000', { used: 18, limit: 15_000 }],
  ['api-usage=25/5000; per-app-api-usage=17/250(appName=sample)', { used: 25, limit: 5000 }],
  ['per-app-api-usage=17/250', null],
  ['api-usage=many/5000', null],
  [undefined, null],
])('%s says %j', (header, usage) => {
  expect(readUsage(header)).toEqual(usage);
});

test('the count is asked again every hour', () => {
  const { id, endsAt } = periodOf(new Date('2026-11-23T10:59:59Z'));
  expect(endsAt.toISOString()).toBe('2026-11-23T11:00:00.000Z');
  expect(periodOf(endsAt).id).not.toBe(id);
});

test("what Salesforce says of the day's calls is told, and our own share is not exceeded", async () => {
  await using room = await startRoom({ size: 20, env: { SALESFORCE_CALLS_PER_DAY: '2' } });
  const name = '{ customer(id: "001Hs0000000001IAA") { name } }';
  expect((await room.ask(name)).errors).toBeUndefined();
  expect((await room.ask(name)).errors).toBeUndefined();
  room.control.clearCalls();
  const { errors = [] } = await room.ask(name);
  const figures = await (await fetch(`${room.url}/metrics`)).text();

  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_BUSY']);
  expect(room.operations()).toEqual([]);
  expect(figures).toContain('vendor_quota_used{source="SALESFORCE"} 2');
  expect(figures).toContain('vendor_quota_left{source="SALESFORCE"} 0');
});
