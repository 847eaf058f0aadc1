import type { System } from '@customer360/kit/errors';
import { systemNames } from '@customer360/kit/errors';
import { describeAge } from '@customer360/kit/freshness';

export interface Trouble {
  reporting: number;
  down: number;
  /** A call is under way that decides whether others are made again. */
  trying: boolean;
  coolingDown: boolean;
  credentialsRefused: boolean;
  /** Milliseconds until calls are made again; null where none are held back, or the next one is made. */
  nextTryInMs: number | null;
}

/** What a person reads about a system; null while all is well. */
export function sentenceOf(system: System, trouble: Trouble): string | null {
  const name = systemNames[system];
  const { reporting, down, coolingDown, credentialsRefused, nextTryInMs } = trouble;
  const nextTry = nextTryInMs === null ? null : `Next try in ${describeAge(Math.ceil(nextTryInMs / 1000))}.`;
  if (reporting === 0) return `The ${name} subgraph does not report.`;
  if (down > 0) {
    const forWhom = down < reporting ? ` to ${down} of ${reporting} copies` : '';
    const next = nextTry ?? (trouble.trying ? 'It is being tried again.' : 'The next request tries it again.');
    return `${name} is temporarily unavailable${forWhom}. ${next}`;
  }
  if (credentialsRefused) return `${name} refused our credentials. An administrator has to renew them.`;
  if (coolingDown && nextTry) return `${name} accepts no more calls at the moment. ${nextTry}`;
  return null;
}
