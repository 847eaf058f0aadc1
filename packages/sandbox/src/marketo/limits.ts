import { Refusal } from './answers.ts';

/** Marketo's quotas of one whole instance. */
export interface Limits {
  perWindow: number;
  windowMs: number;
  concurrent: number;
  perDay: number;
}

export const marketoLimits: Limits = { perWindow: 100, windowMs: 20_000, concurrent: 10, perDay: 50_000 };

/** What was called on one day. */
export interface Day {
  date: string;
  calls: number;
  errors: ReadonlyMap<string, number>;
}

export interface Meter {
  /** Runs one call inside the quotas; a call that ends in a refusal is counted in none of them. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Notes an error for the statistics. */
  failed(code: string): void;
  /** This day and those before it, newest first. */
  days(count: number): Day[];
}

const centralDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Chicago' });
const dayMs = 86_400_000;

/** The day that Marketo counts by: US Central. */
export function quotaDay(at: number): string {
  return centralDay.format(at);
}

export function createMeter(limits: Limits, now: () => number = Date.now): Meter {
  const known = new Map<string, { calls: number; errors: Map<string, number> }>();
  let recent: number[] = [];
  let running = 0;

  function dayOf(at: number) {
    const date = quotaDay(at);
    const day = known.get(date) ?? { calls: 0, errors: new Map<string, number>() };
    known.set(date, day);
    return day;
  }

  return {
    async run(work) {
      const at = now();
      const today = dayOf(at);
      recent = recent.filter((start) => start > at - limits.windowMs);
      if (today.calls >= limits.perDay) throw limitExceeded('day', limits);
      if (recent.length >= limits.perWindow) throw limitExceeded('rate', limits);
      if (running >= limits.concurrent) throw limitExceeded('parallel', limits);
      running += 1;
      today.calls += 1;
      recent.push(at);
      try {
        return await work();
      } catch (error) {
        recent.splice(recent.lastIndexOf(at), 1);
        today.calls -= 1;
        throw error;
      } finally {
        running -= 1;
      }
    },
    failed(code) {
      const { errors } = dayOf(now());
      errors.set(code, (errors.get(code) ?? 0) + 1);
    },
    days: (count) =>
      Array.from({ length: count }, (_, back) => {
        const at = now() - back * dayMs;
        return { date: quotaDay(at), ...(known.get(quotaDay(at)) ?? { calls: 0, errors: new Map() }) };
      }),
  };
}

export function limitExceeded(limit: 'rate' | 'day' | 'parallel', limits: Limits): Refusal {
  const { perWindow, windowMs, concurrent } = limits;
  if (limit === 'day') return new Refusal('607', 'Daily quota reached');
  if (limit === 'parallel') return new Refusal('615', `Concurrent access limit '${concurrent}' reached`);
  return new Refusal('606', `Max rate limit '${perWindow}' exceeded with in '${windowMs / 1000}' secs`);
}

/** Something that may happen a number of times a day. */
export interface DailyCount {
  /** Whether it may happen once more; if so, it has. */
  take(): boolean;
}

export function createDailyCount(most: number, now: () => number): DailyCount {
  let day = '';
  let taken = 0;
  return {
    take() {
      if (quotaDay(now()) !== day) taken = 0;
      day = quotaDay(now());
      if (taken >= most) return false;
      taken += 1;
      return true;
    },
  };
}
