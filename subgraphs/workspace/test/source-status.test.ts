import { createBackboneFor } from '@customer360/kit/backbone';
import { createLogger } from '@customer360/kit/logger';
import type { SourceReport } from '@customer360/kit/source-report';
import { reportRequestTopic, reportTopic } from '@customer360/kit/source-report';
import { down, opened, openRoom, well } from './support.ts';

const at = (ms: number) => new Date(opened + ms).toISOString();
const silent = {
  source: 'NETSUITE',
  state: null,
  since: null,
  lastSuccessAt: null,
  errorRate: null,
  p95Ms: null,
  servingCachedData: false,
  cachedAsOf: null,
  quota: null,
  nextTryAt: null,
  message: 'The NetSuite subgraph does not report.',
  instances: { reporting: 0, down: 0 },
};

test('every system is listed; one of which nobody reports is told as such', async () => {
  await using room = await openRoom();
  await room.report('a', { source: 'MARKETO' });
  const { data, errors } = await room.ask('{ sourceStatus { source state message } }');

  expect(errors).toEqual([]);
  expect(data.sourceStatus).toEqual([
    { source: 'NETSUITE', state: null, message: 'The NetSuite subgraph does not report.' },
    { source: 'SALESFORCE', state: null, message: 'The Salesforce subgraph does not report.' },
    { source: 'MARKETO', state: 'CLOSED', message: null },
  ]);
  expect(await room.netsuite()).toEqual(silent);
  const platform = await room.ask('{ sourceStatusOf(source: PLATFORM) { source } }');
  expect(platform).toMatchObject({ data: { sourceStatusOf: null }, errors: [] });
});

test('all that a copy reports is told', async () => {
  await using room = await openRoom();
  await room.report('a', {
    ...down,
    quota: { used: 380, limit: 1000, left: 620, resetsAt: opened + 3_600_000 },
    cachedAsOf: opened - 900_000,
    errorRate: 0.4,
    p95Ms: 480,
  });

  expect(await room.netsuite()).toEqual({
    source: 'NETSUITE',
    state: 'OPEN',
    since: at(-5000),
    lastSuccessAt: at(-1000),
    errorRate: 0.4,
    p95Ms: 480,
    servingCachedData: true,
    cachedAsOf: at(-900_000),
    quota: { used: 380, limit: 1000, left: 620, resetsAt: at(3_600_000) },
    nextTryAt: at(18_000),
    message: 'NetSuite is temporarily unavailable. Next try in 18 s.',
    instances: { reporting: 1, down: 1 },
  });
});

test('what a copy says last counts', async () => {
  await using room = await openRoom();
  await room.report('a', down);
  await room.report('a', { state: 'HALF_OPEN', since: opened - 5000 });
  expect(await room.netsuite()).toMatchObject({
    state: 'HALF_OPEN',
    message: 'NetSuite is temporarily unavailable. It is being tried again.',
  });
  await room.report('a', { since: opened });
  expect(await room.netsuite()).toMatchObject({ state: 'CLOSED', since: at(0), message: null });
});

test('of two copies that disagree the one that is down decides, and the sentence says so', async () => {
  await using room = await openRoom();
  await room.report('a');
  await room.report('b', { ...down, calls: 30, p95Ms: 5000 });

  expect(await room.netsuite()).toMatchObject({
    state: 'OPEN',
    since: at(-5000),
    errorRate: 0.75,
    p95Ms: 5000,
    nextTryAt: at(18_000),
    message: 'NetSuite is temporarily unavailable to 1 of 2 copies. Next try in 18 s.',
    instances: { reporting: 2, down: 1 },
  });
});

test('of three copies two decide, and the sentence names the third', async () => {
  await using room = await openRoom();
  await room.report('a');
  await room.report('b', { since: opened - 90_000 });
  await room.report('c', down);

  expect(await room.netsuite()).toMatchObject({
    state: 'CLOSED',
    since: at(-90_000),
    message: 'NetSuite is temporarily unavailable to 1 of 3 copies. Next try in 18 s.',
    instances: { reporting: 3, down: 1 },
  });
});

test('a copy that misses three reports is forgotten; the last one leaves the time at which it was heard', async () => {
  await using room = await openRoom();
  await room.report('a', down);
  room.pass(5000);
  await room.report('b');
  room.pass(4000);
  expect(await room.netsuite()).toMatchObject({ instances: { reporting: 2, down: 1 } });
  room.pass(1);
  expect(await room.netsuite()).toMatchObject({ state: 'CLOSED', message: null, instances: { reporting: 1, down: 0 } });
  room.pass(5000);
  expect(await room.netsuite()).toEqual({ ...silent, since: at(5000), lastSuccessAt: at(-1000) });
  await room.report('a');
  expect(await room.netsuite()).toMatchObject({ state: 'CLOSED', instances: { reporting: 1, down: 0 } });
});

test('a copy that says good-bye is forgotten at once', async () => {
  await using room = await openRoom();
  await room.report('a');
  await room.report('b', down);
  await room.report('b', { ...down, nextWithinMs: null });
  expect(await room.netsuite()).toMatchObject({ state: 'CLOSED', instances: { reporting: 1, down: 0 } });
  await room.report('a', { nextWithinMs: null });
  expect(await room.netsuite()).toMatchObject({ state: null, message: silent.message });
});

test('the time until the next try runs down, and is over when it is', async () => {
  await using room = await openRoom();
  await room.report('a', { ...down, nextWithinMs: 60_000 });
  room.pass(17_500);
  expect(await room.netsuite()).toMatchObject({ message: expect.stringMatching(/Next try in 1 s\.$/) });
  room.pass(500);
  expect(await room.netsuite()).toMatchObject({
    state: 'OPEN',
    nextTryAt: null,
    message: 'NetSuite is temporarily unavailable. The next request tries it again.',
  });
});

test('throttling and refused credentials have sentences of their own while calls are otherwise made', async () => {
  await using room = await openRoom();
  await room.report('a', { coolingDown: true, retryAt: opened + 240_000 });
  expect(await room.netsuite()).toMatchObject({
    state: 'CLOSED',
    nextTryAt: at(240_000),
    message: 'NetSuite accepts no more calls at the moment. Next try in 4 min.',
  });
  await room.report('a', { credentialsRefused: true });
  expect(await room.netsuite()).toMatchObject({
    message: 'NetSuite refused our credentials. An administrator has to renew them.',
  });
});

test('the quota is the highest count of the newest period', async () => {
  await using room = await openRoom();
  const quota = (used: number, resetsAt: number) => ({ used, limit: 1000, left: 1000 - used, resetsAt });
  await room.report('a', { quota: quota(900, opened) });
  await room.report('b', { quota: quota(20, opened + 86_400_000) });
  await room.report('c', { quota: quota(12, opened + 86_400_000) });
  expect(await room.netsuite()).toMatchObject({ quota: { used: 20, left: 980, resetsAt: at(86_400_000) } });
});

test('a message that is no report is no copy', async () => {
  await using room = await openRoom();
  for (const changes of [{ source: 'SAP' }, { state: 'ASLEEP' }, { nextWithinMs: 0 }, { errorRate: 2 }]) {
    await room.report('a', changes as object);
  }
  expect(await room.netsuite()).toEqual(silent);
});

test('copies without end are not all kept in mind', async () => {
  await using room = await openRoom();
  for (let copy = 0; copy < 250; copy += 1) await room.report(`copy ${copy}`, copy < 100 ? down : {});
  expect(await room.netsuite()).toMatchObject({ instances: { reporting: 100, down: 0 } });
});

test('a fresh instance asks all copies, and has their answers before its own first one', async () => {
  const backbone = createBackboneFor({}, createLogger('workspace', 'silent'));
  backbone.bus.subscribe(reportRequestTopic, () => {
    const tell = (source: SourceReport['source']) =>
      backbone.bus.publish(reportTopic, { ...well, source, instance: 'a' });
    setTimeout(() => void Promise.all((['NETSUITE', 'SALESFORCE', 'MARKETO'] as const).map(tell)), 50);
  });
  const began = performance.now();
  await using room = await openRoom({ FIRST_REPORTS_MS: '1500' }, backbone);
  expect(performance.now() - began).toBeLessThan(1400);
  expect(await room.netsuite()).toMatchObject({ state: 'CLOSED' });
});

test('nobody is waited for longer than the settings say', async () => {
  const began = performance.now();
  await using room = await openRoom({ FIRST_REPORTS_MS: '300' });
  const tookMs = performance.now() - began;
  expect(tookMs).toBeGreaterThan(290);
  expect(tookMs).toBeLessThan(1300);
  expect(await room.netsuite()).toEqual(silent);
});

test('whoever may have missed messages asks again', async () => {
  const backbone = createBackboneFor({}, createLogger('workspace', 'silent'));
  const gaps: (() => void)[] = [];
  const { bus } = backbone;
  const subscribe: typeof bus.subscribe = (topic, listen, onGap) => {
    if (onGap) gaps.push(onGap);
    return bus.subscribe(topic, listen, onGap);
  };
  let questions = 0;
  bus.subscribe(reportRequestTopic, () => {
    questions += 1;
  });
  await using _ = await openRoom({}, { ...backbone, bus: { ...bus, subscribe } });
  expect(questions).toBe(1);
  for (const tellGap of gaps) tellGap();
  expect(questions).toBe(2);
});

test('an answer is good for this moment alone, and comes from no system', async () => {
  await using room = await openRoom();
  await room.report('a');
  const { extensions } = await room.ask('{ sourceStatus { state } }');
  expect(extensions?.customer360).toEqual({ source: null, freshForMs: 0, tags: [] });
});
