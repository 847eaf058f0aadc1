import type { Outcome, Reading } from './cache/cache.ts';
import { anyTagOf } from './cache/key.ts';
import type { Tag } from './cache/store.ts';
import type { System } from './errors.ts';
import type { Freshness, Read } from './freshness.ts';
import { freshnessOf } from './freshness.ts';

/** What an answer of a subgraph tells the gateway about where it came from, as `extensions.customer360`. */
export interface Provenance {
  /** The freshness of everything that was read; null when nothing was. */
  source: Freshness | null;
  /** For how long the answer is as good as new, in milliseconds. */
  freshForMs: number;
  /** What makes the answer void when it is dropped from the cache. */
  tags: Tag[];
}

/** The reads that one request's answer is made from. */
export interface ReadLog {
  /** The value of a read, which from now on counts for the answer. @throws what the read failed with */
  take<Value>(outcome: Outcome<Value>, tags: readonly Tag[]): Reading<Value>;
  /** The freshness of a part of the answer; null when nothing was read for it. */
  freshness(reads: readonly [Read, ...Read[]]): Freshness;
  freshness(reads: readonly Read[]): Freshness | null;
  /** The freshness of what is known without asking the system. */
  none(source: System): Freshness;
  /** Tells of the whole answer. */
  provenance(): Provenance;
}

/** More entities of a type than these are told as any of the type. */
const maxTagsOfType = 20;
/** Answers that need no read are good for this long. */
const longestMs = 24 * 3600_000;

export interface ReadLogOptions {
  /**
   * For how long the answer is good at most, in milliseconds. 0 is for what is true of a moment or of one caller only:
   * nobody may keep it for somebody else. @default a day
   */
  goodForMs?: number;
}

/** Made once per request. The clock tells milliseconds since 1970. */
export function createReadLog(clock: () => number, { goodForMs = longestMs }: ReadLogOptions = {}): ReadLog {
  const reads: Read[] = [];
  const tags = new Set<Tag>();

  return {
    take(outcome, entityTags) {
      if ('failure' in outcome) throw outcome.failure;
      reads.push(outcome);
      for (const tag of entityTags) tags.add(tag);
      return outcome;
    },
    freshness: ((some: readonly Read[]) => freshnessOf(some, clock())) as ReadLog['freshness'],
    none: (source) => ({
      source,
      origin: 'LIVE',
      asOf: new Date(clock()).toISOString(),
      ageSeconds: 0,
      stale: false,
      warning: null,
    }),
    provenance() {
      const now = clock();
      const freshUntil = Math.min(now + goodForMs, ...reads.map((read) => (read.staleBecause ? now : read.freshUntil)));
      return {
        source: freshnessOf(reads, now),
        freshForMs: Math.max(0, Math.floor(freshUntil - now)),
        tags: foldTags(tags),
      };
    },
  };
}

function foldTags(tags: ReadonlySet<Tag>): Tag[] {
  const isEntity = (tag: Tag) => tag.endsWith('}');
  const byType = Map.groupBy([...tags].filter(isEntity), anyTagOf);
  const entities = [...byType].flatMap(([any, some]) => (some.length > maxTagsOfType ? [any] : some));
  return [...new Set([...[...tags].filter((tag) => !isEntity(tag)), ...entities])];
}
