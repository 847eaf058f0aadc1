/** How many API calls the org has answered in the last 24 hours. */
export interface Usage {
  used(): number;
  readonly limit: number;
  count(calls: number): void;
}

const hourMs = 3_600_000;

/** Counts by the hour; an hour's calls come back a day later. */
export function createUsage(limit = 1_000_000, now: () => number = Date.now): Usage {
  const hours = new Map<number, number>();
  let used = 0;
  return {
    limit,
    used() {
      const oldest = Math.floor(now() / hourMs) - 23;
      for (const [hour, calls] of hours) {
        if (hour >= oldest) break;
        hours.delete(hour);
        used -= calls;
      }
      return used;
    },
    count(calls) {
      const hour = Math.floor(now() / hourMs);
      hours.set(hour, (hours.get(hour) ?? 0) + calls);
      used += calls;
    },
  };
}
