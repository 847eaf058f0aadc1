import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';
import { missing, notAllowed } from './errors.ts';

export const systemPath = '/services/rest/system/v1/';

/** What the account says about itself: its time and how many requests it takes at once. */
export function answerSystem({ method, url }: VendorRequest, now: number, concurrency: number): VendorReply {
  if (method !== 'GET') throw notAllowed(method);
  const links = [{ rel: 'self', href: url.href }];
  const bodies: Record<string, object> = {
    serverTime: { links, serverTime: new Date(now).toISOString() },
    governanceLimits: { links, accountConcurrencyLimit: concurrency, accountUnallocatedConcurrencyLimit: concurrency },
  };
  const body = bodies[url.pathname.slice(systemPath.length)];
  if (!body) throw missing(url);
  return { status: 200, headers: { 'content-type': 'application/vnd.oracle.resource+json; type=singular' }, body };
}
