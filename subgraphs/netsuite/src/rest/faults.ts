import { UpstreamError } from '@customer360/kit/errors';
import type { VendorAnswer } from '@customer360/kit/http';

/** Turns every status but success into a fault. A 401 to a token is dealt with before: another one may do. */
export function judgeStatus({ status, headers }: VendorAnswer): void {
  if (status >= 200 && status < 300) return;
  if (status === 401 || status === 403) throw new UpstreamError('NETSUITE', 'credentials', `refused with ${status}`);
  if (status === 429) {
    // NetSuite documents no Retry-After; a proxy in front of it may send one.
    const seconds = Number(headers['retry-after'] ?? Number.NaN);
    const wait = Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {};
    throw new UpstreamError('NETSUITE', 'busy', 'concurrency limit exceeded', wait);
  }
  if (status >= 500) throw new UpstreamError('NETSUITE', 'unavailable', `answered ${status}`);
  if (status >= 300 && status < 400) throw new UpstreamError('NETSUITE', 'malformed', `redirected with ${status}`);
  throw new UpstreamError('NETSUITE', 'rejected', `refused the request with ${status}`);
}
