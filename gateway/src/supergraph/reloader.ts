import type { Logger } from '@customer360/kit/logger';
import type { Generation, Lease } from './generation.ts';
import { createLease } from './generation.ts';
import type { SupergraphSource } from './source.ts';
import { warm } from './warm.ts';

/** A supergraph that was not taken, as health tells it: the log has the reason in full. */
export interface RefusedSupergraph {
  problem: 'unreadable' | 'unusable';
  /** Of the text; null when there was none to read. */
  id: string | null;
  at: string;
}

export type ReloadOutcome = 'switched' | RefusedSupergraph['problem'];

export interface Reloader<Kept extends Generation> {
  /** The graph that new requests are answered with. */
  current(): Lease<Kept>;
  /** The supergraph that would be in use if it could be; null when there is none. */
  refused(): RefusedSupergraph | null;
  /** Looks at the source now. Never rejects: a supergraph that cannot be used leaves everything as it is. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface ReloaderOptions<Kept extends Generation> {
  source: SupergraphSource;
  first: Kept;
  idOf(supergraphSdl: string): string;
  /** @throws when the text cannot be used */
  build(supergraphSdl: string): Kept;
  /** How many operations are prepared before a switch. */
  warmOperations: number;
  logger: Logger;
  onReload?: (outcome: ReloadOutcome, ms: number) => void;
}

/** Follows a supergraph: builds and warms what is new beside what is in use, then switches between two requests. */
export function createReloader<Kept extends Generation>(options: ReloaderOptions<Kept>): Reloader<Kept> {
  const { source, logger, onReload } = options;
  let current = createLease(options.first);
  let refused: RefusedSupergraph | null = null;
  let closed = false;
  let looking = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  function refuse(problem: RefusedSupergraph['problem'], id: string | null, error: unknown, ms: number) {
    // A source that stays away is told once.
    if (problem === 'unreadable' && refused?.problem === problem) return;
    refused = { problem, id, at: new Date().toISOString() };
    logger.error({ err: error, source: source.name, id }, `the new supergraph is ${problem}, the old one stays in use`);
    onReload?.(problem, ms);
  }

  async function look() {
    const began = performance.now();
    const ms = () => performance.now() - began;
    if (closed) return;
    let text: string | null;
    try {
      text = await source.read();
    } catch (error) {
      refuse('unreadable', null, error, ms());
      return;
    }
    if (refused?.problem === 'unreadable') refused = null;
    if (text === null || closed) return;
    const id = options.idOf(text);
    if (id === current.kept.graph.id) refused = null;
    // A source without tags hands out the same text at each look.
    else if (id !== refused?.id) await take(text, id, ms);
  }

  async function take(text: string, id: string, ms: () => number) {
    let next: Kept | undefined;
    try {
      next = options.build(text);
      const lost = await warm(current.kept.operations, next.operations, options.warmOperations);
      if (closed) return await next.subgraphs.close();
      for (const operation of lost)
        logger.warn({ id, ...operation }, 'the new supergraph does not answer an operation');
    } catch (error) {
      await next?.subgraphs.close();
      refuse('unusable', id, error, ms());
      return;
    }
    const old = current;
    current = createLease(next);
    refused = null;
    logger.info({ id, before: old.kept.graph.id }, 'supergraph switched');
    onReload?.('switched', ms());
    old.retire().catch((error: unknown) => logger.warn({ err: error }, 'connections of the old supergraph stay open'));
  }

  function lookLater() {
    timer = setTimeout(() => {
      void reload().then(() => {
        if (!closed) lookLater();
      });
    }, source.everyMs);
    timer.unref();
  }

  /** One look at a time, and each begins after it was asked for: what was written before is seen. */
  function reload(): Promise<void> {
    looking = looking.then(look);
    return looking;
  }

  lookLater();
  return {
    current: () => current,
    refused: () => refused,
    reload,
    async close() {
      closed = true;
      clearTimeout(timer);
      await looking;
      await current.retire();
    },
  };
}
