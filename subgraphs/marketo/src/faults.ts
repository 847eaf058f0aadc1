import type { Fault } from '@customer360/kit/errors';
import { UpstreamError } from '@customer360/kit/errors';
import type { VendorAnswer } from '@customer360/kit/http';
import { TokenRefusedError } from '@customer360/kit/token';
import { msUntilMidnight } from './quota-day.ts';

/** The filter matches more records than Marketo is willing to return. */
export class TooManyMatchesError extends UpstreamError {
  constructor() {
    super('MARKETO', 'rejected', 'too many records match the filter (code 1003)');
  }
}

const faultOfCode: Record<string, Fault> = {
  '502': 'unavailable',
  '600': 'credentials',
  '603': 'credentials',
  '604': 'timeout',
  '606': 'busy',
  '607': 'busy',
  '608': 'unavailable',
  '611': 'unavailable',
  '614': 'unavailable',
  '615': 'busy',
  '713': 'unavailable',
  '719': 'unavailable',
};

/** Marketo sends no Retry-After, so the code decides how long we stay away. */
function waitOf(code: string, now: Date): { retryAfterMs?: number; quotaSpent?: boolean } {
  if (code === '606') return { retryAfterMs: 20_000 };
  if (code === '615') return { retryAfterMs: 1000 };
  if (code === '607') return { retryAfterMs: msUntilMidnight(now), quotaSpent: true };
  return {};
}

/** What an error in a body means. Its text stays here: vendor text is not ours to pass on. */
export function describeRefusal(code: string, text: string, now: Date): UpstreamError | TokenRefusedError {
  if (code === '601' || code === '602') return new TokenRefusedError();
  if (code === '1003' && /too many/i.test(text)) return new TooManyMatchesError();
  const shown = /^\d{1,6}$/.test(code) ? code : 'unknown';
  return new UpstreamError('MARKETO', faultOfCode[code] ?? 'rejected', `the call was refused (code ${shown})`, {
    ...waitOf(code, now),
  });
}

/** Almost every answer is HTTP 200 whatever it says; another status comes from something in front of Marketo. */
export function checkStatus({ status }: VendorAnswer): void {
  if (status === 200) return;
  const fault: Fault =
    status === 401 || status === 403
      ? 'credentials'
      : status === 429
        ? 'busy'
        : status >= 500
          ? 'unavailable'
          : 'rejected';
  throw new UpstreamError('MARKETO', fault, `HTTP status ${status}`);
}
