import { Refusal } from './answers.ts';

/** Marketo's quotas of one whole instance. */
export interface Limits {
  perWindow: number;
  windowMs: number;
  concurrent: number;
  perDay: number;
}

export const marketoLimits: Limits = { perWindow: 100, windowMs: 20_000, concurrent: 10, perDay: 50_000 };

export interface Meter {
  /** Runs one call inside the quotas; a call that ends in a refusal is counted in none of them. */
  run<T>(work: () => Promise<T>): Promise<T>;
  usedToday(): number;
}

const centralDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Chicago' });

/** The day that Marketo counts by: US Central. */
export function quotaDay(at: number): string {
  return centralDay.format(at);
}

export function createMeter(limits: Limits, now: () => number = Date.now): Meter {
  let recent: number[] = [];
  let running = 0;
  let day = '';
  let today = 0;

  return {
    async run(work) {
      const at = now();
      recent = recent.filter((start) => start > at - limits.windowMs);
      if (quotaDay(at) !== day) {
        day = quotaDay(at);
        today = 0;
      }
      if (today >= limits.perDay) throw new Refusal('607', 'Daily quota reached');
      if (recent.length >= limits.perWindow) throw rateExceeded(limits);
      if (running >= limits.concurrent) {
        throw new Refusal('615', `Concurrent access limit '${limits.concurrent}' reached`);
      }
      running += 1;
      today += 1;
      recent.push(at);
      try {
        return await work();
      } catch (error) {
        recent.splice(recent.lastIndexOf(at), 1);
        today -= 1;
        throw error;
      } finally {
        running -= 1;
      }
    },
    usedToday: () => (quotaDay(now()) === day ? today : 0),
  };
}

export function rateExceeded({ perWindow, windowMs }: Limits): Refusal {
  return new Refusal('606', `Max rate limit '${perWindow}' exceeded with in '${windowMs / 1000}' secs`);
}
