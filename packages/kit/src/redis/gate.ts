import type { Logger } from '../logger.ts';
import { waitMs } from './connect.ts';

export interface GateOptions {
  /** Throws while Redis cannot be used; brings back what was missed meanwhile. */
  recover(): Promise<void>;
  /** What is behind the gate, for the log. */
  name: string;
  logger: Logger;
  /** How long anybody waits behind it. @default 100 */
  longestMs?: number | undefined;
}

/** Lets nobody wait for a Redis that does not answer. */
export interface Gate {
  /** What `ask` gives in time; `otherwise` at once while Redis is away. */
  pass<Result>(ask: () => Promise<Result>, otherwise: Result): Promise<Result>;
  isOpen(): boolean;
  /** Shuts it: nothing passes before it has recovered. */
  shut(): void;
  close(): void;
}

/** Open for so long, it counts as healthy: the next failure is looked into at once. */
const healthyMs = 5000;
const firstPauseMs = 50;
const longestPauseMs = 500;

/** Shut at first and after a failure, until `recover` succeeds; which is tried at least twice a second. */
export function createGate({ recover, name, logger, longestMs = waitMs }: GateOptions): Gate {
  let open = false;
  let closed = false;
  let openedAt = Number.NEGATIVE_INFINITY;
  let pauseMs = 0;
  let told: 'open' | 'shut' | null = null;
  let timer: NodeJS.Timeout | null = null;

  const tell = (state: 'open' | 'shut') => {
    if (told === state) return;
    if (state === 'shut') logger.warn({ use: name }, 'Redis is away; the product works without it');
    else if (told === 'shut') logger.warn({ use: name }, 'Redis is back');
    told = state;
  };

  const attempt = async () => {
    try {
      // The connection has limits of its own per command; recovering may take several.
      await within(10 * longestMs, recover());
      if (closed) return;
      open = true;
      openedAt = performance.now();
      tell('open');
    } catch {
      if (closed) return;
      // At the start it may just not be connected yet.
      if (told !== null || pauseMs === longestPauseMs) tell('shut');
      pauseMs = Math.min(Math.max(pauseMs * 2, firstPauseMs), longestPauseMs);
      schedule();
    }
  };

  const schedule = () => {
    if (timer || closed) return;
    timer = setTimeout(() => {
      timer = null;
      void attempt();
    }, pauseMs);
    timer.unref();
  };

  const shut = () => {
    if (!open || closed) return;
    open = false;
    // One late answer does not close a healthy Redis for long; one that fails again and again is asked less often.
    const healthy = performance.now() - openedAt > healthyMs;
    pauseMs = healthy ? 0 : Math.min(Math.max(pauseMs * 2, firstPauseMs), longestPauseMs);
    schedule();
  };

  schedule();

  return {
    async pass(ask, otherwise) {
      if (!open) return otherwise;
      try {
        return await within(longestMs, ask());
      } catch (error) {
        if (isUnusable(error)) shut();
        return otherwise;
      }
    },
    isOpen: () => open,
    shut,
    close: () => {
      closed = true;
      open = false;
      if (timer) clearTimeout(timer);
    },
  };
}

/** Answers in the order of the commands; null for one that Redis refused. @throws when Redis itself cannot be used */
export async function answers<Answer>(commands: readonly Promise<Answer>[]): Promise<(Answer | null)[]> {
  const settled = await Promise.allSettled(commands);
  return settled.map((outcome) => {
    if (outcome.status === 'fulfilled') return outcome.value;
    if (isUnusable(outcome.reason)) throw outcome.reason;
    return null;
  });
}

/** Whether an error says that Redis itself cannot be used, rather than that it refused one command. */
function isUnusable(error: unknown): boolean {
  const { name, message } = error as Error;
  // While a slot moves its keys are apart, and no node takes a command that needs two of them.
  if (/^(Too many Cluster redirections.*ReplyError: )?(TRYAGAIN|MOVED|ASK) /.test(message)) return false;
  if (name !== 'ReplyError') return true;
  return /^(READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|BUSY|NOAUTH|WRONGPASS|NOPERM|MISCONF)/.test(message);
}

/** @throws {Error} when it takes longer, unless this process was what was slow */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // After a pause of this process, answers that have arrived are read first.
    timer = setTimeout(() => setImmediate(() => reject(new Error('redis: no answer in time'))), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
