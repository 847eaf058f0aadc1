/** How often something was done in the last hours. */
export interface Usage {
  used(): number;
  readonly limit: number;
  count(calls: number): void;
}

const hourMs = 3_600_000;

/** Counts by the hour; after `span` hours an hour's calls come back. */
export function createUsage(limit = 1_000_000, now: () => number = Date.now, span = 24): Usage {
  const hours = new Map<number, number>();
  let used = 0;
  return {
    limit,
    used() {
      const oldest = Math.floor(now() / hourMs) - span + 1;
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
