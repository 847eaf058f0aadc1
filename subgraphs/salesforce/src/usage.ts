import type { Period } from '@customer360/kit/limiter/limiter';

const hourMs = 3_600_000;

/** The org's calls of the last 24 hours, as `Sforce-Limit-Info` tells them with each answer; null when it does not. */
export function readUsage(header: string | undefined): { used: number; limit: number } | null {
  const [, used, limit] = /(?:^|[\s;,])api-usage=(\d{1,12})\/(\d{1,12})\b/.exec(header ?? '') ?? [];
  return used && limit ? { used: Number(used), limit: Number(limit) } : null;
}

/**
 * Salesforce counts the last 24 hours at every moment, so the count falls bit by bit. When it is spent, one call an hour
 * finds out how much is free again.
 */
export function periodOf(now: Date): Period {
  const hour = Math.floor(now.getTime() / hourMs);
  return { id: String(hour), endsAt: new Date((hour + 1) * hourMs), rolling: true };
}
