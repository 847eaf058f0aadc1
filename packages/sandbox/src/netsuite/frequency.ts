/** Counts requests in a span that ends now. */
export interface Frequency {
  /** Whether one more would be too many. */
  isFull(): boolean;
  add(): void;
}

const slices = 60;

/** The span moves on by a sixtieth of itself at a time. */
export function createFrequency(limit: number, spanMs: number, now: () => number): Frequency {
  const counts: { slice: number; count: number }[] = [];
  let total = 0;

  const current = () => {
    const slice = Math.floor((now() * slices) / spanMs);
    while (counts[0] && counts[0].slice <= slice - slices) total -= counts.shift()?.count ?? 0;
    return slice;
  };

  return {
    isFull() {
      current();
      return total >= limit;
    },
    add() {
      const slice = current();
      const last = counts.at(-1);
      if (last?.slice === slice) last.count += 1;
      else counts.push({ slice, count: 1 });
      total += 1;
    },
  };
}
