import { mapParallel } from '../src/parallel.ts';
import { msUntilMidnight } from '../src/quota-day.ts';
import { createRateWindow } from '../src/rate-window.ts';
import { touchKind } from '../src/touch-kind.ts';
import { isActiveCampaign } from './units-support.ts';

test.each([
  ['Email', 'Clicked link in Newsletter', 'LINK_CLICK'],
  ['Email', 'Opened Newsletter', 'EMAIL_OPEN'],
  ['Email', 'Replied', 'OTHER'],
  ['Web', 'Filled out form for e-book', 'FORM_FILL'],
  ['Web', 'Visited the pricing page', 'WEB_VISIT'],
  ['Form', '', 'FORM_FILL'],
  ['Milestone', 'Attended 2026-01 Webinar: Renewals', 'WEBINAR'],
  ['Milestone', 'Visited booth at Tradeshow', 'OTHER'],
  ['Webinar', '', 'WEBINAR'],
  ['Carrier pigeon', '', 'OTHER'],
  [null, 'Webinar', 'OTHER'],
] as const)('a %s moment "%s" is %s', (type, text, kind) => {
  expect(touchKind(type, text)).toBe(kind);
});

test('the quota day ends at midnight US Central, in winter and in summer', () => {
  expect(msUntilMidnight(new Date('2026-11-22T05:00:00Z'))).toBe(3_600_000);
  expect(msUntilMidnight(new Date('2026-07-01T04:59:59Z'))).toBe(1000);
  expect(msUntilMidnight(new Date('2026-07-01T05:00:00Z'))).toBe(86_400_000);
});

test('a program without a switch is active until it ends', () => {
  expect(isActiveCampaign({ status: 'on', endDate: '2020-01-01' })).toBe(true);
  expect(isActiveCampaign({ status: 'off' })).toBe(false);
  expect(isActiveCampaign({ status: '' })).toBe(true);
  expect(isActiveCampaign({ status: '', endDate: '2026-11-21' })).toBe(false);
  expect(isActiveCampaign({ status: '', endDate: '2026-11-22' })).toBe(true);
});

test('the window makes a call wait for its place, and gives up when that takes too long', async () => {
  const { signal } = new AbortController();
  const window = createRateWindow({ calls: 2, windowMs: 120, patienceMs: 60 });
  await window.take(signal);
  await window.take(signal);
  await expect(window.take(signal)).rejects.toMatchObject({ fault: 'busy' });
  await new Promise((resolve) => setTimeout(resolve, 80));
  const started = performance.now();
  await window.take(signal);

  expect(performance.now() - started).toBeLessThan(100);
});

test('work that can wait leaves places free, even when several begin at once', async () => {
  const { signal } = new AbortController();
  const window = createRateWindow({ calls: 10, windowMs: 150, patienceMs: 60 });
  const started = performance.now();
  const waits = Array.from({ length: 6 }, () =>
    window.takeBelow(3, signal).then(() => Math.floor((performance.now() - started) / 100)),
  );
  await window.take(signal);

  expect(performance.now() - started).toBeLessThan(100);
  const rounds = await Promise.all(waits);
  expect(rounds.filter((round) => round === 0)).toHaveLength(3);
  expect(rounds.filter((round) => round > 0)).toHaveLength(3);
});

test('a failure ends parallel work without beginning the rest', async () => {
  const begun: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    if (item === 1) throw new Error('one is broken');
    return item;
  };

  await expect(mapParallel([0, 1, 2, 3, 4, 5], 2, work)).rejects.toThrow('one is broken');
  expect(begun.length).toBeLessThan(6);
  expect(await mapParallel([3, 1, 2], 2, async (item) => item * 2)).toEqual([6, 2, 4]);
});
