import type { Fault } from '@customer360/kit/errors';
import { UpstreamError } from '@customer360/kit/errors';
import { TokenRefusedError } from '@customer360/kit/token';

const busyCodes = new Set(['REQUEST_LIMIT_EXCEEDED', 'rate_limit_exceeded', 'ERROR_HTTP_429']);
const passingCodes = new Set(['SERVER_UNAVAILABLE', 'UNKNOWN_EXCEPTION']);

/** What a refused data call means; `errorCode` is Salesforce's own, or `ERROR_HTTP_nnn` when the body was not its JSON. */
export function describeRefusal(status: number, errorCode: string): UpstreamError | TokenRefusedError {
  if (status === 401 || errorCode === 'INVALID_SESSION_ID') return new TokenRefusedError();
  return new UpstreamError('SALESFORCE', faultOf(status, errorCode), `answered ${status} ${safeCode(errorCode)}`);
}

/** What a refused token call means. */
export function describeLoginRefusal(status: number, error: string): UpstreamError {
  const fault = status >= 500 || busyCodes.has(error) || status === 429 ? faultOf(status, error) : 'credentials';
  return new UpstreamError('SALESFORCE', fault, `login answered ${status} ${safeCode(error)}`);
}

function faultOf(status: number, errorCode: string): Fault {
  if (status === 429 || busyCodes.has(errorCode)) return 'busy';
  if (status >= 500 || status === 420 || passingCodes.has(errorCode)) return 'unavailable';
  if (errorCode === 'QUERY_TIMEOUT') return 'timeout';
  return errorCode.startsWith('ERROR_HTTP_') ? 'malformed' : 'rejected';
}

/** Salesforce's codes are words; whatever else stands in the place of one may be anything, a secret as well. */
const safeCode = (code: string) =>
  /^(ERROR_HTTP_\d{3}|[A-Z]+(_[A-Z]+)*|[a-z]+(_[a-z]+)+)$/.test(code) && code.length <= 60
    ? code
    : 'without an error code';
