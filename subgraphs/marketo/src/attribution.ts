import { UpstreamError } from '@customer360/kit/errors';
import type { Logger } from '@customer360/kit/logger';
import type { AttributionSnapshot } from './attribution-build.ts';

/** Keeps the latest campaign figures; building them costs more calls than a person could wait for. */
export interface Attribution {
  current(): AttributionSnapshot | null;
  /** The latest figures; without any, those of the build that is running. @throws {UpstreamError} */
  get(): Promise<AttributionSnapshot>;
  close(): void;
}

export interface AttributionOptions {
  build(signal: AbortSignal): Promise<AttributionSnapshot>;
  refreshMs: number;
  /** How long `get` waits for a build. */
  patienceMs: number;
  /** Pause after a failed build. @default 30 seconds */
  retryMs?: number;
  logger: Logger;
}

/** Begins the first build at once; there is never more than one. */
export function createAttribution(options: AttributionOptions): Attribution {
  const { build, refreshMs, patienceMs, retryMs = 30_000, logger } = options;
  let snapshot: AttributionSnapshot | null = null;
  let running: Promise<AttributionSnapshot>;
  let timer: NodeJS.Timeout | undefined;
  const closing = new AbortController();

  const schedule = (delayMs: number) => {
    if (!closing.signal.aborted) timer = setTimeout(start, delayMs).unref();
  };
  function start() {
    running = build(closing.signal);
    running.then(
      (built) => {
        snapshot = built;
        schedule(refreshMs);
      },
      (error: unknown) => {
        if (!closing.signal.aborted) logger.warn({ err: error }, 'campaign figures could not be built');
        schedule(retryMs);
      },
    );
  }
  start();

  return {
    current: () => snapshot,
    get: () => (snapshot ? Promise.resolve(snapshot) : waitFor(running, patienceMs)),
    close() {
      closing.abort();
      clearTimeout(timer);
    },
  };
}

/** A build that already failed is reported as it failed until the next one begins. */
async function waitFor(running: Promise<AttributionSnapshot>, patienceMs: number): Promise<AttributionSnapshot> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new UpstreamError('MARKETO', 'timeout', 'campaign figures are still being read')),
    patienceMs,
  );
  try {
    return await Promise.race([running, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
