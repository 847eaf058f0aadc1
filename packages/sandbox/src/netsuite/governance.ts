import type { Control } from '../vendor/control.ts';
import type { VendorReply, VendorRequest } from '../vendor/server.ts';

/** Requests at once of the service tier that most accounts have. */
export const defaultConcurrency = 15;

/** The account's one pool of requests, which SOAP, REST and SuiteQL share. */
export interface Governance {
  readonly limit: number;
  /** Answers inside the pool. A request that finds it full is marked, and takes no place in it. */
  run(request: VendorRequest, answer: () => Promise<VendorReply> | VendorReply): Promise<VendorReply>;
  /** Whether this request is to be refused: the pool is full, or the control says so. */
  blocks(request: VendorRequest): boolean;
}

export function createGovernance(control: Control, limit: number): Governance {
  const refused = new WeakSet<VendorRequest>();
  let running = 0;

  return {
    limit,
    async run(request, answer) {
      if (running >= limit) {
        refused.add(request);
        return answer();
      }
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
    blocks: (request) => refused.has(request) || control.throttles() !== null,
  };
}
