import { setTimeout as sleep } from 'node:timers/promises';
import type { Cached } from '@customer360/kit/cache/cache';
import type { Tag } from '@customer360/kit/cache/store';
import { UpstreamError } from '@customer360/kit/errors';
import type { Read } from '@customer360/kit/freshness';
import type { Logger } from '@customer360/kit/logger';
import type { AttributionFigures } from './attribution-build.ts';
import type { CampaignFigures, CampaignRef } from './model.ts';

/** What all campaigns cost and brought in, read at one time. */
export interface AttributionSnapshot {
  asOf: Date;
  read: Read;
  figures: ReadonlyMap<string, CampaignFigures>;
  campaignByName: ReadonlyMap<string, CampaignRef>;
}

/** Another copy of this service is building the figures for all. */
export class BuiltElsewhereError extends UpstreamError {
  override readonly name = 'BuiltElsewhereError';

  constructor() {
    super('MARKETO', 'busy', 'another copy is reading the campaign figures');
  }
}

const lookAgainMs = 1000;

/** Keeps the latest campaign figures; building them costs more calls than a person could wait for. */
export interface Attribution {
  current(): AttributionSnapshot | null;
  /** The latest figures; without any, those of the build that is running. @throws {UpstreamError} */
  get(): Promise<AttributionSnapshot>;
  /** What makes the figures void. */
  tag: Tag;
  close(): void;
}

export interface AttributionOptions {
  /** The figures as some process last built them; a read builds them when they are old. */
  built: Cached<'all', AttributionFigures>;
  refreshMs: number;
  /** How long `get` waits for a build. */
  patienceMs: number;
  /** Pause after a failed build, and until a build that others are at is looked for. @default 30 seconds */
  retryMs?: number;
  logger: Logger;
}

/** Begins the first build at once, unless figures are at hand; there is never more than one in a process. */
export function createAttribution(options: AttributionOptions): Attribution {
  const { built, refreshMs, patienceMs, retryMs = 30_000, logger } = options;
  let snapshot: AttributionSnapshot | null = null;
  let running: Promise<AttributionSnapshot>;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const schedule = (delayMs: number) => {
    if (!closed) timer = setTimeout(start, delayMs).unref();
  };
  function start() {
    running = readFigures(built, () => closed);
    running.then(
      (latest) => {
        snapshot = latest;
        schedule(latest.read.staleBecause ? retryMs : refreshMs);
      },
      (error: unknown) => {
        if (!closed) logger.warn({ err: error }, 'campaign figures could not be built');
        schedule(retryMs);
      },
    );
  }
  start();

  return {
    current: () => snapshot,
    get: () => (snapshot ? Promise.resolve(snapshot) : waitFor(running, patienceMs)),
    tag: built.tagsOf('all')[0] as Tag,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

async function readFigures(
  built: Cached<'all', AttributionFigures>,
  isClosed: () => boolean,
): Promise<AttributionSnapshot> {
  let [outcome] = await built.read(['all']);
  while (outcome && 'failure' in outcome && outcome.failure instanceof BuiltElsewhereError && !isClosed()) {
    await sleep(lookAgainMs, undefined, { ref: false });
    [outcome] = await built.read(['all']);
  }
  if (!outcome || 'failure' in outcome) throw outcome?.failure;
  const { value, ...read } = outcome;
  return {
    asOf: new Date(read.loadedAt),
    read: { ...read, origin: 'SNAPSHOT' },
    figures: new Map(value.figures),
    campaignByName: new Map(value.campaigns.map((campaign) => [campaign.name, campaign])),
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
