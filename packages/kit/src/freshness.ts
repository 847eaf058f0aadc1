import type { Fault, System } from './errors.ts';
import { systemNames } from './errors.ts';

/** How values reached an answer. */
export type Origin = 'LIVE' | 'CACHE' | 'STALE_CACHE' | 'SNAPSHOT';

/** Why values are given out that are not as fresh as they should be. */
export type StaleReason = Fault | 'refreshing' | 'slow' | 'sparing';

/** One read that an answer is made from. */
export interface Read {
  source: System;
  origin: Origin;
  /** When the read began; milliseconds since 1970. */
  loadedAt: number;
  /** Until when it is as good as new. */
  freshUntil: number;
  /** Null as long as the values are as fresh as they should be. */
  staleBecause: StaleReason | null;
}

/** Where a group of fields came from and how old it is, as the graph's `Freshness` type shows it. */
export interface Freshness {
  source: System;
  origin: Origin;
  /** When the read that gave the values began. */
  asOf: string;
  /** Never less than the true age, and less than a second more. */
  ageSeconds: number;
  stale: boolean;
  warning: string | null;
}

/** What a reader knows a system by. */
const dataNames: Record<System, string> = {
  NETSUITE: 'Financial data',
  SALESFORCE: 'CRM data',
  MARKETO: 'Marketing data',
};

const whyStale: Record<StaleReason, (name: string) => string> = {
  refreshing: () => 'It is being refreshed.',
  slow: (name) => `${name} is answering slowly.`,
  sparing: (name) => `Most calls that ${name} allows are used up.`,
  busy: (name) => `${name} accepts no more calls at the moment.`,
  credentials: (name) => `${name} refused our credentials.`,
  unavailable: (name) => `${name} is temporarily unavailable.`,
  timeout: (name) => `${name} is temporarily unavailable.`,
  malformed: (name) => `${name} is temporarily unavailable.`,
  rejected: (name) => `${name} is temporarily unavailable.`,
};

/** What kind of origin says most about an answer that is made from several. */
const rank: Record<Origin, number> = { LIVE: 0, CACHE: 1, SNAPSHOT: 2, STALE_CACHE: 3 };

/** The freshness of what is made from several reads of one system: as old as the oldest. Null without any. */
export function freshnessOf(reads: readonly Read[], now: number): Freshness | null {
  const [first] = reads;
  if (!first) return null;
  let [oldest, worst] = [first, first];
  let stale: Read | null = null;
  for (const read of reads) {
    if (read.loadedAt < oldest.loadedAt) oldest = read;
    if (rank[read.origin] > rank[worst.origin]) worst = read;
    if (read.staleBecause && (!stale || isWorse(read, stale))) stale = read;
  }
  const ageSeconds = Math.max(0, Math.ceil((now - oldest.loadedAt) / 1000));
  return {
    source: first.source,
    origin: worst.origin,
    asOf: new Date(oldest.loadedAt).toISOString(),
    ageSeconds,
    stale: stale !== null,
    warning: stale?.staleBecause ? warningFor(first.source, ageSeconds, stale.staleBecause) : null,
  };
}

/** A system that is out of order says more than one that is being asked again. */
const isWorse = (one: Read, other: Read) => other.staleBecause === 'refreshing' && one.staleBecause !== 'refreshing';

/** The sentence for the person who looks. */
export function warningFor(source: System, ageSeconds: number, why: StaleReason): string {
  return `${dataNames[source]} is cached (${describeAge(ageSeconds)} old). ${whyStale[why](systemNames[source])}`;
}

/** An age as people say it, rounded down: "42 s", "15 min", "3 h". */
export function describeAge(ageSeconds: number): string {
  if (ageSeconds < 60) return `${ageSeconds} s`;
  if (ageSeconds < 3600) return `${Math.floor(ageSeconds / 60)} min`;
  return `${Math.floor(ageSeconds / 3600)} h`;
}
