import type { Control } from '../vendor/control.ts';
import type { VendorReply } from '../vendor/reply.ts';
import type { VendorRequest } from '../vendor/request.ts';
import { createFrequency } from './frequency.ts';

export interface NetsuiteLimits {
  /** Requests at once in SOAP, REST and SuiteQL together. */
  concurrency: number;
  /** Requests within any 60 seconds and within any 24 hours. */
  minute: number;
  day: number;
}

/**
 * Requests at once of the service tier that most accounts have. The other two differ from account to account and are
 * published nowhere: wide enough not to be met by accident.
 */
export const netsuiteLimits: NetsuiteLimits = { concurrency: 15, minute: 60_000, day: 10_000_000 };

/** Which limit a request is over. */
export type Excess = 'parallel' | 'rate' | 'day';

/** The account's one pool of requests, which SOAP, REST and SuiteQL share. */
export interface Governance {
  readonly limits: NetsuiteLimits;
  /** Answers inside the pool. A request that finds it full is marked, and takes no place in it. */
  run(request: VendorRequest, answer: () => Promise<VendorReply> | VendorReply): Promise<VendorReply>;
  /** Why this request is to be refused: a limit is reached, or the control says so. */
  blocks(request: VendorRequest): Excess | null;
}

export function createGovernance(control: Control, limits: NetsuiteLimits, now: () => number): Governance {
  const refused = new WeakMap<VendorRequest, Excess>();
  const minute = createFrequency(limits.minute, 60_000, now);
  const day = createFrequency(limits.day, 24 * 60 * 60_000, now);
  let running = 0;

  const excess = (): Excess | null => {
    if (day.isFull()) return 'day';
    if (minute.isFull()) return 'rate';
    return running >= limits.concurrency ? 'parallel' : null;
  };

  return {
    limits,
    async run(request, answer) {
      const over = excess();
      if (over) {
        refused.set(request, over);
        return answer();
      }
      minute.add();
      day.add();
      running += 1;
      try {
        return await answer();
      } finally {
        const leave = () => {
          running -= 1;
        };
        // The answer waits for as long as the control slows the vendor down, and holds its place meanwhile.
        const { latencyMs } = control.faults;
        if (latencyMs > 0) setTimeout(leave, latencyMs).unref();
        else leave();
      }
    },
    blocks(request) {
      const struck = control.throttles();
      // The limit that integrations meet here is the one of requests at once.
      const asked = struck && control.faults.throttle === true ? 'parallel' : struck;
      return refused.get(request) ?? asked;
    },
  };
}
