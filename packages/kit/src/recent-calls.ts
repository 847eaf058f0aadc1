/** What happened in the last minutes, in memory that does not grow with the calls. */
export interface RecentCalls<Name extends string> {
  count(name: Name): void;
  took(ms: number): void;
  counts(): Record<Name, number>;
  /** The time that `share` of the calls did not exceed, to within a tenth; null when there were none. */
  quantile(share: number): number | null;
}

interface Slice<Name extends string> {
  index: number;
  counts: Map<Name, number>;
  /** Calls by the logarithm of their time. */
  times: Map<number, number>;
}

const slices = 10;
const sliceMs = 30_000;
const step = Math.log(1.1);

/** Covers the last five minutes in steps of half a minute. @param clock monotonic milliseconds */
export function createRecentCalls<Name extends string>(names: readonly Name[], clock: () => number): RecentCalls<Name> {
  const kept: (Slice<Name> | undefined)[] = new Array(slices);
  const indexNow = () => Math.floor(clock() / sliceMs);

  const current = (): Slice<Name> => {
    const index = indexNow();
    const found = kept[index % slices];
    if (found?.index === index) return found;
    const fresh: Slice<Name> = { index, counts: new Map(), times: new Map() };
    kept[index % slices] = fresh;
    return fresh;
  };
  const recent = () => {
    const oldest = indexNow() - slices + 1;
    return kept.filter((slice): slice is Slice<Name> => slice !== undefined && slice.index >= oldest);
  };
  const add = <Key>(map: Map<Key, number>, key: Key) => map.set(key, (map.get(key) ?? 0) + 1);

  return {
    count: (name) => void add(current().counts, name),
    took: (ms) => void add(current().times, Math.ceil(Math.log(Math.max(1, ms)) / step)),
    counts() {
      const all = recent();
      const total = (name: Name) => all.reduce((sum, { counts }) => sum + (counts.get(name) ?? 0), 0);
      return Object.fromEntries(names.map((name) => [name, total(name)])) as Record<Name, number>;
    },
    quantile(share) {
      const times = new Map<number, number>();
      for (const slice of recent()) {
        for (const [at, calls] of slice.times) times.set(at, (times.get(at) ?? 0) + calls);
      }
      const sorted = [...times].sort(([a], [b]) => a - b);
      let left = share * sorted.reduce((sum, [, calls]) => sum + calls, 0);
      for (const [at, calls] of sorted) {
        left -= calls;
        if (left <= 1e-9) return Math.round(Math.exp(at * step));
      }
      return null;
    },
  };
}
