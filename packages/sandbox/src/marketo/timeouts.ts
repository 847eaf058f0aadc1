import { Refusal } from './answers.ts';

/** How long Marketo works on a call before it gives up, in milliseconds. */
export interface Timeouts {
  standard: number;
  leadQueries: number;
  leadWrites: number;
  merge: number;
  pagingToken: number;
}

export const marketoTimeouts: Timeouts = {
  standard: 30_000,
  leadQueries: 60_000,
  leadWrites: 90_000,
  merge: 180_000,
  pagingToken: 300_000,
};

const patient: Record<string, keyof Timeouts> = {
  leads: 'leadQueries',
  'list:leads': 'leadQueries',
  'leads:sync': 'leadWrites',
  'leads:push': 'leadWrites',
  'leads:merge': 'merge',
  'activities:token': 'pagingToken',
};

/** What a call waits for: its latency, or the time it is given, after which it throws a Refusal. */
export function waitOf(operation: string, latencyMs: number, timeouts: Timeouts): { ms: number; end(): void } {
  const given = timeouts[patient[operation] ?? 'standard'];
  return {
    ms: Math.min(latencyMs, given),
    end() {
      if (latencyMs >= given) throw new Refusal('604', 'Request timed out');
    },
  };
}
