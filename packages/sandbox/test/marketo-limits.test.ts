import { createMeter } from '../src/marketo/limits.ts';
import { createControl } from '../src/vendor/control.ts';
import { openMarketo } from './marketo-support.ts';

const usage = '/rest/v1/stats/usage.json';

test('the 101st call in 20 seconds is 606, and only successes are counted', async () => {
  await using marketo = await openMarketo();
  for (let call = 0; call < 30; call += 1) await marketo.call('/rest/v1/nosuchthing.json');
  const bodies = [];
  for (let call = 0; call < 101; call += 1) bodies.push(await marketo.call(usage));

  expect(bodies.filter((body) => body.success)).toHaveLength(100);
  expect(bodies.at(-1)).toMatchObject({
    success: false,
    errors: [{ code: '606', message: "Max rate limit '100' exceeded with in '20' secs" }],
  });
});

test('the window slides, so calls are served again after it', async () => {
  await using marketo = await openMarketo({ limits: { perWindow: 2, windowMs: 300 } });
  const bodies = [await marketo.call(usage), await marketo.call(usage), await marketo.call(usage)];
  expect(bodies.map((body) => body.success)).toEqual([true, true, false]);
  await new Promise((resolve) => setTimeout(resolve, 350));

  expect(await marketo.call(usage)).toMatchObject({ success: true });
});

test('the eleventh call at once is 615', async () => {
  const control = createControl();
  await using marketo = await openMarketo({ control });
  control.setFaults({ latencyMs: 150 });
  const bodies = await Promise.all(Array.from({ length: 11 }, () => marketo.call(usage)));

  expect(bodies.filter((body) => body.success)).toHaveLength(10);
  expect(bodies.find((body) => !body.success)).toMatchObject({
    errors: [{ code: '615', message: "Concurrent access limit '10' reached" }],
  });
});

test('the day quota is 607 until midnight US Central, and usage counts towards it', async () => {
  await using marketo = await openMarketo({ limits: { perDay: 2 } });
  await marketo.call(usage);
  const second = await marketo.call(usage);

  expect(second.result?.[0]).toMatchObject({ total: 2 });
  expect(await marketo.call(usage)).toMatchObject({ errors: [{ code: '607', message: 'Daily quota reached' }] });
});

test('midnight US Central resets the day', async () => {
  let now = Date.parse('2026-11-22T05:59:59Z');
  const meter = createMeter({ perWindow: 100, windowMs: 1, concurrent: 10, perDay: 1 }, () => now);
  await meter.run(async () => null);
  await expect(meter.run(async () => null)).rejects.toMatchObject({ code: '607' });
  now += 1000;

  await expect(meter.run(async () => null)).resolves.toBeNull();
});

test('the throttle fault answers as Marketo does over its rate, but not at identity', async () => {
  const control = createControl();
  await using marketo = await openMarketo({ control });
  control.setFaults({ throttle: true });

  expect(await marketo.call(usage)).toMatchObject({ success: false, errors: [{ code: '606' }] });
  expect((await marketo.askToken()).access_token).toBeTruthy();
});

test('scrambled answers hold the same kind of rows in another order', async () => {
  const control = createControl();
  await using marketo = await openMarketo({ control });
  const path = '/rest/asset/v1/programs.json?maxReturn=200';
  const before = (await marketo.call(path)).result ?? [];
  control.setFaults({ scramble: { shuffle: true, duplicate: 1 } });
  const after = (await marketo.call(path)).result ?? [];

  expect(after).toHaveLength(before.length * 2);
  expect(new Set(after.map((program) => program.id))).toEqual(new Set(before.map((program) => program.id)));
  expect(after.map((program) => program.id)).not.toEqual(before.flatMap((program) => [program.id, program.id]));
});

test('a call that would take longer than it is given is 604 and writes nothing; each kind has its own time', async () => {
  const control = createControl();
  await using marketo = await openMarketo({ control, timeouts: { standard: 50, leadQueries: 200, leadWrites: 50 } });
  control.setFaults({ latencyMs: 100 });
  const codeOf = async (path: string, init?: RequestInit) => (await marketo.call(path, init)).errors?.[0]?.code;
  const body = JSON.stringify({ input: [{ email: 'late@late.example' }] });
  const late = { method: 'POST', headers: { 'content-type': 'application/json' }, body };

  expect(await codeOf('/rest/v1/lists.json')).toBe('604');
  expect(await codeOf('/rest/v1/leads.json?filterType=id&filterValues=1')).toBeUndefined();
  expect(await codeOf('/rest/v1/leads.json', late)).toBe('604');
  expect(await codeOf('/rest/v1/activities/pagingtoken.json?sinceDatetime=2026-01-01')).toBeUndefined();
  control.heal();
  const read = await marketo.call('/rest/v1/leads.json?filterType=email&filterValues=late@late.example');
  expect(read.result).toEqual([]);
});
