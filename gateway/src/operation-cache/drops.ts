/** Remembers which tags were dropped of late. */
export interface Drops {
  note(tags: readonly string[]): void;
  /** Everything may have been dropped. */
  noteAll(): void;
  /** Whether one of the tags was dropped since a moment, or shortly before it; milliseconds of the monotonic clock. */
  touched(tags: ReadonlySet<string>, since: number): boolean;
}

/** A drop reaches all processes within this time: what a subgraph answers before that may still be from before it. */
const spreadMs = 1000;
const remembered = 10_000;

/** Whether dropping one tag takes what carries another with it: a type's tag takes all of its entities. */
export const takes = (dropped: string, tag: string) => tag === dropped || tag.startsWith(`${dropped}:`);

export function createDrops(clock: () => number): Drops {
  let drops: { tag: string; at: number }[] = [];
  /** What was dropped before this is not remembered. */
  let knownSince = Number.NEGATIVE_INFINITY;

  return {
    note(tags) {
      const at = clock();
      for (const tag of tags) drops.push({ tag, at });
      if (drops.length <= remembered) return;
      knownSince = drops[drops.length - remembered / 2]?.at ?? at;
      drops = drops.slice(-remembered / 2);
    },
    noteAll() {
      knownSince = clock();
      drops = [];
    },
    touched(tags, since) {
      const from = since - spreadMs;
      if (from < knownSince) return true;
      for (let index = drops.length - 1; index >= 0; index -= 1) {
        const drop = drops[index] as (typeof drops)[number];
        if (drop.at < from) return false;
        for (const tag of tags) if (takes(drop.tag, tag)) return true;
      }
      return false;
    },
  };
}
