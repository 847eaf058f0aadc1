import type { System } from './errors.ts';
import type { Quota } from './limiter/limiter.ts';
import type { BreakerState } from './policy/breaker.ts';
import type { Outcome } from './policy/outcome.ts';
import { createRecentCalls } from './recent-calls.ts';

/** Why a call was not made: open circuit, cool-down, full queue, or our own limits. */
export type Refusal = 'open' | 'cooling' | 'full' | 'limit';

export const outcomes = [
  'ok',
  'rejected',
  'unavailable',
  'timeout',
  'malformed',
  'busy',
  'credentials',
  'canceled',
  'failed',
] as const satisfies readonly Outcome[];
export const refusals = ['open', 'cooling', 'full', 'limit'] as const satisfies readonly Refusal[];

/** How one vendor is, as this process sees it. Figures are of the last five minutes. */
export interface SourceStatus {
  system: System;
  state: BreakerState;
  /** Since when calls get through, or since when they do not: a probe in between changes nothing. */
  since: Date;
  /** When the next call is let through; null while calls are. */
  retryAt: Date | null;
  /** Until when we stay away because the vendor throttled us. */
  coolingDownUntil: Date | null;
  /** The vendor refused our credentials and has taken no call since. */
  credentialsRefused: boolean;
  lastSuccessAt: Date | null;
  /** The part of calls that failed at the vendor, 0 to 1; null without calls. */
  errorRate: number | null;
  p95Ms: number | null;
  calls: Record<Outcome, number>;
  notMade: Record<Refusal, number>;
  quota: Quota | null;
}

export interface SourceListener {
  called?(outcome: Outcome, ms: number): void;
  refused?(reason: Refusal): void;
  repeated?(): void;
}

/** Learns from the policy of one vendor, and tells whoever asks. */
export interface SourceHealth {
  system: System;
  status(): SourceStatus;
  /** Hears when state, cool-down or credentials change; the function that is returned ends it. */
  onChange(listen: (status: SourceStatus) => void): () => void;
  /** Hears of every call, for counting. */
  onCall(listener: SourceListener): () => void;
  called(outcome: Outcome, ms: number): void;
  refused(reason: Refusal): void;
  repeated(): void;
  changed(state: BreakerState, waitMs: number): void;
  coolingDown(waitMs: number): void;
  readQuota(read: () => Quota | null): void;
  /** What is left of the vendor's quota; null where there is none. */
  quota(): Quota | null;
}

export interface SourceHealthOptions {
  system: System;
  /** Monotonic milliseconds. @default performance.now */
  clock?: () => number;
  /** Milliseconds since 1970, for what is told. @default Date.now */
  now?: () => number;
}

/** One per vendor and process. */
export function createSourceHealth(options: SourceHealthOptions): SourceHealth {
  const { system, clock = () => performance.now(), now = Date.now } = options;
  const recent = createRecentCalls<Outcome | Refusal>([...outcomes, ...refusals], clock);
  const changeListeners = new Set<(status: SourceStatus) => void>();
  const callListeners = new Set<SourceListener>();
  let state: BreakerState = 'CLOSED';
  let since = now();
  let probeAt = Number.NEGATIVE_INFINITY;
  let coolUntil = Number.NEGATIVE_INFINITY;
  let credentialsRefused = false;
  let lastSuccessAt: number | null = null;
  let quota: () => Quota | null = () => null;

  const later = (monotonic: number): Date | null => {
    const leftMs = monotonic - clock();
    return leftMs > 0 ? new Date(now() + leftMs) : null;
  };

  const status = (): SourceStatus => {
    const counts = recent.counts();
    const pick = <Name extends Outcome | Refusal>(names: readonly Name[]) =>
      Object.fromEntries(names.map((name) => [name, counts[name]])) as Record<Name, number>;
    const { canceled, failed, ...judged } = pick(outcomes);
    const answered = judged.ok + judged.rejected;
    const all = Object.values(judged).reduce((sum, calls) => sum + calls, 0);
    return {
      system,
      state,
      since: new Date(since),
      retryAt: later(Math.max(state === 'OPEN' ? probeAt : Number.NEGATIVE_INFINITY, coolUntil)),
      coolingDownUntil: later(coolUntil),
      credentialsRefused,
      lastSuccessAt: lastSuccessAt === null ? null : new Date(lastSuccessAt),
      errorRate: all === 0 ? null : (all - answered) / all,
      p95Ms: recent.quantile(0.95),
      calls: { ...judged, canceled, failed },
      notMade: pick(refusals),
      quota: quota(),
    };
  };
  const tell = () => {
    if (changeListeners.size === 0) return;
    const current = status();
    for (const listen of changeListeners) listen(current);
  };
  const listening =
    <Listener>(listeners: Set<Listener>) =>
    (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };

  return {
    system,
    status,
    onChange: listening(changeListeners),
    onCall: listening(callListeners),
    called(outcome, ms) {
      recent.count(outcome);
      recent.took(ms);
      if (outcome === 'ok') lastSuccessAt = now();
      for (const listener of callListeners) listener.called?.(outcome, ms);
      const refused = outcome === 'credentials' || (credentialsRefused && outcome !== 'ok');
      if (refused === credentialsRefused) return;
      credentialsRefused = refused;
      tell();
    },
    refused(reason) {
      recent.count(reason);
      for (const listener of callListeners) listener.refused?.(reason);
    },
    repeated() {
      for (const listener of callListeners) listener.repeated?.();
    },
    changed(next, waitMs) {
      if ((next === 'CLOSED') !== (state === 'CLOSED')) since = now();
      state = next;
      probeAt = clock() + waitMs;
      tell();
    },
    coolingDown(waitMs) {
      const began = coolUntil <= clock();
      coolUntil = clock() + waitMs;
      if (began) tell();
    },
    readQuota(read) {
      quota = read;
    },
    quota: () => quota(),
  };
}
