import type { Bus } from '@customer360/kit/bus/bus';
import type { System } from '@customer360/kit/errors';
import type { SourceReport } from '@customer360/kit/source-report';
import { reportRequestTopic, reportTopic, sourceReport } from '@customer360/kit/source-report';

/** What is known of one system. */
export interface Known {
  /** The last word of each copy that still reports. */
  reports: SourceReport[];
  /** When any copy was heard last; milliseconds since 1970, null if none ever was. */
  heardAt: number | null;
  /** When the system last answered well, as far as any copy ever told. */
  lastSuccessAt: number | null;
}

/** Hears the reports of all copies. */
export interface Reports {
  of(source: System): Known;
  /** Resolves when somebody has reported of each system. */
  complete: Promise<void>;
  close(): void;
}

export interface ReportsOptions {
  bus: Bus;
  systems: readonly System[];
  /** Monotonic milliseconds. */
  clock(): number;
  /** Milliseconds since 1970. */
  now(): number;
}

interface Kept {
  report: SourceReport;
  until: number;
}

/** A copy that misses so many of its reports is gone. */
const missed = 3;
/** Copies of one subgraph that are kept in mind; above that, those that were heard longest ago are forgotten. */
const mostCopies = 100;

/** Keeps the last report of each copy for as long as the copy reports, and asks all copies for theirs at the start. */
export function createReports({ bus, systems, clock, now }: ReportsOptions): Reports {
  const known = new Map(
    systems.map((system) => [
      system,
      { copies: new Map<string, Kept>(), heardAt: null as number | null, lastSuccessAt: null as number | null },
    ]),
  );
  const { promise: complete, resolve } = Promise.withResolvers<void>();

  const take = (message: unknown) => {
    const { success, data: report } = sourceReport.safeParse(message);
    const of = success && known.get(report.source);
    if (!of) return;
    of.heardAt = now();
    of.lastSuccessAt = Math.max(of.lastSuccessAt ?? 0, report.lastSuccessAt ?? 0) || null;
    // Taken out and put in again: the first of the map is always the one that was heard longest ago.
    of.copies.delete(report.instance);
    if (report.nextWithinMs === null) return;
    of.copies.set(report.instance, { report, until: clock() + missed * report.nextWithinMs });
    const [oldest = ''] = of.copies.keys();
    if (of.copies.size > mostCopies) of.copies.delete(oldest);
    if ([...known.values()].every(({ copies }) => copies.size > 0)) resolve();
  };
  const ask = () => void bus.publish(reportRequestTopic, {});

  // What was told while messages were lost is asked for again.
  const close = bus.subscribe(reportTopic, take, ask);
  ask();

  return {
    of(source) {
      const of = known.get(source);
      if (!of) return { reports: [], heardAt: null, lastSuccessAt: null };
      for (const [instance, { until }] of of.copies) if (until < clock()) of.copies.delete(instance);
      const { copies, heardAt, lastSuccessAt } = of;
      return { reports: [...copies.values()].map(({ report }) => report), heardAt, lastSuccessAt };
    },
    complete,
    close,
  };
}
