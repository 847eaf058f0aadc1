import { mapParallel } from '../src/parallel.ts';
import { msUntilMidnight, quotaDay } from '../src/quota-day.ts';
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

test('a call at any time of a Central day counts for that day', () => {
  const { id, endsAt } = quotaDay(new Date('2026-11-22T05:59:59.500Z'));
  expect(id).toBe('2026-11-21');
  expect(endsAt.toISOString()).toBe('2026-11-22T06:00:00.000Z');
  expect(quotaDay(endsAt).id).toBe('2026-11-22');
});

test('a program without a switch is active until it ends', () => {
  expect(isActiveCampaign({ status: 'on', endDate: '2020-01-01' })).toBe(true);
  expect(isActiveCampaign({ status: 'off' })).toBe(false);
  expect(isActiveCampaign({ status: '' })).toBe(true);
  expect(isActiveCampaign({ status: '', endDate: '2026-11-21' })).toBe(false);
  expect(isActiveCampaign({ status: '', endDate: '2026-11-22' })).toBe(true);
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
