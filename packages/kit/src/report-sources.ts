import { randomUUID } from 'node:crypto';
import type { Bus } from './bus/bus.ts';
import type { System } from './errors.ts';
import type { SourceHealth } from './source-health.ts';
import { reportEveryMs, reportOf, reportRequestTopic, reportTopic } from './source-report.ts';

export interface ReportingOptions {
  bus: Bus;
  sources: readonly SourceHealth[];
  /** Milliseconds since 1970 of the oldest data that is given out in place of the vendor's; null without. @default null */
  cachedAsOf?: (system: System) => number | null;
  /** @default 3000 */
  everyMs?: number;
}

/**
 * Tells on the bus how the vendors of this copy are: every change at once, otherwise every few seconds, and whenever
 * somebody asks. The function that is returned says good-bye and ends it.
 */
export function reportSources(options: ReportingOptions): () => Promise<void> {
  const { bus, sources, cachedAsOf = () => null, everyMs = reportEveryMs } = options;
  const instance = randomUUID();

  let ended = false;

  const tell = (source: SourceHealth, nextWithinMs: number | null) =>
    bus.publish(
      reportTopic,
      reportOf(source.status(), { instance, nextWithinMs, cachedAsOf: cachedAsOf(source.system) }),
    );
  const tellAll = async (nextWithinMs: number | null) => {
    await Promise.all(sources.map((source) => tell(source, nextWithinMs)));
  };
  // A moment later, so that the call that made the change is in the figures.
  const tellSoon = (source: SourceHealth) =>
    queueMicrotask(() => {
      if (!ended) void tell(source, everyMs);
    });

  const endings = [
    ...sources.map((source) => source.onChange(() => tellSoon(source))),
    bus.subscribe(reportRequestTopic, () => void tellAll(everyMs)),
  ];
  const heartbeat = setInterval(() => void tellAll(everyMs), everyMs).unref();
  void tellAll(everyMs);

  return async () => {
    ended = true;
    clearInterval(heartbeat);
    for (const end of endings) end();
    await tellAll(null);
  };
}
