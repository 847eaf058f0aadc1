/** Work under way that others may wait for instead of doing it again. */
export interface InFlight<Result> {
  /**
   * Joins the work of a key, or starts it. It is given a signal that ends when nobody waits any more.
   * Rejects with the reason of `gone` for a caller that leaves.
   */
  join(key: string, gone: AbortSignal, start: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Lets nobody join what began before now. */
  renew(): void;
  /** How often somebody joined instead of starting. */
  readonly joined: number;
}

interface Work<Result> {
  result: Promise<Result>;
  waiting: number;
  abandon: AbortController;
}

/** `onJoin` hears of everybody who joins instead of starting. */
export function createInFlight<Result>(onJoin?: () => void): InFlight<Result> {
  let running = new Map<string, Work<Result>>();
  let joined = 0;

  function begin(key: string, start: (signal: AbortSignal) => Promise<Result>): Work<Result> {
    const abandon = new AbortController();
    const generation = running;
    const result = start(abandon.signal).finally(() => {
      if (generation.get(key)?.abandon === abandon) generation.delete(key);
    });
    const work = { result, waiting: 0, abandon };
    generation.set(key, work);
    return work;
  }

  return {
    async join(key, gone, start) {
      const known = running.get(key);
      if (known) {
        joined += 1;
        onJoin?.();
      }
      const work = known ?? begin(key, start);
      work.waiting += 1;
      const leave = () => {
        work.waiting -= 1;
        if (work.waiting > 0) return;
        if (running.get(key) === work) running.delete(key);
        work.abandon.abort();
      };
      if (gone.aborted) leave();
      else gone.addEventListener('abort', leave, { once: true });
      try {
        return await work.result;
      } finally {
        gone.removeEventListener('abort', leave);
      }
    },
    renew() {
      running = new Map();
    },
    get joined() {
      return joined;
    },
  };
}

/** Where everybody's work is done for them alone. */
export function createApart<Result>(): InFlight<Result> {
  return { join: (_key, gone, start) => start(gone), renew() {}, joined: 0 };
}
