import type { Period } from '@customer360/kit/limiter/limiter';

const clock = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Chicago',
  hourCycle: 'h23',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** Milliseconds until 00:00 US Central, when Marketo's daily quota starts again; off by an hour on a clock change. */
export function msUntilMidnight(now: Date): number {
  const part = Object.fromEntries(clock.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  const passed = ((part.hour ?? 0) * 60 + (part.minute ?? 0)) * 60 + (part.second ?? 0);
  return (86_400 - passed) * 1000 - now.getMilliseconds();
}

const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Chicago' });

/** The day that Marketo's daily quota counts by. */
export const quotaDay = (now: Date): Period => ({
  id: day.format(now),
  endsAt: new Date(now.getTime() + msUntilMidnight(now)),
});
