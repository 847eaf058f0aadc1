import { loadavg } from 'node:os';
import { bare } from '../candidates.ts';
import type { Figure } from '../figures.ts';
import { percent } from './table.ts';

/** How quiet the machine was: what else ran, and how far the bare server's rounds lie apart. */
export interface Noise {
  loadBefore: number;
  loadAfter: number;
  bareSpread: number | null;
}

export const load = () => loadavg()[0] as number;

export function noiseOf(figures: readonly Figure[], loadBefore: number): Noise {
  const spreads = figures.filter(({ name }) => name === bare.name).map(({ spread }) => spread);
  return { loadBefore, loadAfter: load(), bareSpread: spreads.length > 0 ? Math.max(...spreads) : null };
}

export function describeNoise({ loadBefore, loadAfter, bareSpread }: Noise): string {
  const rounds = bareSpread === null ? '' : `, rounds of the bare server up to ${percent(bareSpread)} apart`;
  return `Noise: load average ${loadBefore.toFixed(1)} before and ${loadAfter.toFixed(1)} after${rounds}.`;
}
