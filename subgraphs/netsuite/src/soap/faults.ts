import type { Fault } from '@customer360/kit/errors';
import { UpstreamError } from '@customer360/kit/errors';
import { z } from 'zod';

const faultEnvelope = z.object({
  root: z.object({
    Envelope: z.object({
      Body: z.object({ Fault: z.object({ detail: z.record(z.string(), z.unknown()).nullish() }) }),
    }),
  }),
});

const byFault: Record<string, Fault> = {
  invalidCredentialsFault: 'credentials',
  invalidAccountFault: 'credentials',
  invalidSessionFault: 'credentials',
  insufficientPermissionFault: 'credentials',
  exceededConcurrentRequestLimitFault: 'busy',
  exceededRequestLimitFault: 'busy',
  exceededUsageLimitFault: 'busy',
  exceededRecordCountFault: 'rejected',
  exceededRequestSizeFault: 'rejected',
  invalidVersionFault: 'rejected',
  unexpectedErrorFault: 'unavailable',
};

/** Turns whatever the SOAP library rejects with, which need not be an Error, into a fault. */
export function describeSoapFailure(failure: unknown, status: number | undefined): UpstreamError {
  if (failure instanceof UpstreamError) return failure;
  const envelope = faultEnvelope.safeParse(failure);
  if (envelope.success) {
    const names = Object.keys(envelope.data.root.Envelope.Body.Fault.detail ?? {});
    const name = names.find((each) => each in byFault);
    if (name) return new UpstreamError('NETSUITE', byFault[name] ?? 'rejected', `answered with ${name}`);
    return new UpstreamError('NETSUITE', 'unavailable', 'answered with a fault of unknown kind');
  }
  if (status === 401 || status === 403) return new UpstreamError('NETSUITE', 'credentials', `refused with ${status}`);
  if (status === 429) return new UpstreamError('NETSUITE', 'busy', 'too many requests');
  if (status !== undefined && status >= 500) return new UpstreamError('NETSUITE', 'unavailable', `answered ${status}`);
  if (status !== undefined && status >= 400) return new UpstreamError('NETSUITE', 'rejected', `answered ${status}`);
  return new UpstreamError('NETSUITE', 'malformed', 'the answer is not a SOAP envelope');
}

const busyCodes = new Set(['WS_REQUEST_BLOCKED', 'WS_CONCUR_SESSION_DISALLWD', 'WS_EXCEEDED_CONCURRENT_USERS_ALLWD']);
const loginCodes = new Set(['INVALID_LOGIN_CREDENTIALS', 'INSUFFICIENT_PERMISSION', 'INVALID_ACCT', 'INVALID_ROLE']);

/** A refusal that came with status 200, by its detail code. */
export function describeStatus(codes: readonly string[]): UpstreamError {
  const fault = codes.some((code) => busyCodes.has(code))
    ? 'busy'
    : codes.some((code) => loginCodes.has(code))
      ? 'credentials'
      : codes.includes('UNEXPECTED_ERROR')
        ? 'unavailable'
        : 'rejected';
  // Codes are from the vendor's fixed list; anything else in their place is not repeated.
  const known = codes.filter((code) => /^[A-Z_]{3,60}$/.test(code)).join(', ');
  return new UpstreamError('NETSUITE', fault, `refused the operation (${known || 'no code'})`);
}
