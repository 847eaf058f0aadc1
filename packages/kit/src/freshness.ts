import type { System } from './errors.ts';

/** Where a group of fields came from and how old it is, as the graph's `Freshness` type shows it. */
export interface Freshness {
  source: System;
  origin: 'LIVE' | 'CACHE' | 'STALE_CACHE' | 'SNAPSHOT';
  /** When the read that gave the values began. */
  asOf: string;
  ageSeconds: number;
  stale: boolean;
  warning: string | null;
}

/** Freshness of values that were just read from their system. */
export function liveFreshness(source: System, loadedAt: Date): Freshness {
  return { source, origin: 'LIVE', asOf: loadedAt.toISOString(), ageSeconds: 0, stale: false, warning: null };
}
