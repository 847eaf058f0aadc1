import type { VendorReply } from '../../vendor/reply.ts';
import type { Excess } from '../governance.ts';

type Locator = 'o:errorPath' | 'o:errorQueryParam' | 'o:errorHeader' | 'o:errorUrl';

interface Problem {
  status: number;
  code: string;
  detail: string;
  where?: { [Key in Locator]?: string };
  headers?: Record<string, string>;
}

const titles: Record<number, [title: string, section: string]> = {
  400: ['Bad Request', '15.5.1'],
  401: ['Unauthorized', '15.5.2'],
  404: ['Not Found', '15.5.5'],
  405: ['Method Not Allowed', '15.5.6'],
  429: ['Too Many Requests', '15.5'],
  500: ['Internal Server Error', '15.6.1'],
};

/** A refusal on its way to becoming an answer. */
export class RestError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

export const badParameter = (name: string, detail: string) =>
  new RestError({ status: 400, code: 'INVALID_PARAMETER', detail, where: { 'o:errorQueryParam': name } });

export function errorReply({ status, code, detail, where, headers }: Problem): VendorReply {
  const [title, section] = titles[status] ?? ['Error', '15'];
  return {
    status,
    headers: { 'content-type': 'application/vnd.oracle.resource+json; type=error; charset=UTF-8', ...headers },
    body: {
      type: `https://www.rfc-editor.org/rfc/rfc9110.html#section-${section}`,
      title,
      status,
      'o:errorDetails': [{ detail, ...where, 'o:errorCode': code }],
    },
  };
}

export function invalidLogin(challenge: string): VendorReply {
  const reply = errorReply({ status: 401, code: 'INVALID_LOGIN', detail: 'Invalid login attempt.' });
  return { ...reply, headers: { ...reply.headers, 'www-authenticate': challenge } };
}

const excesses: Record<Excess, [code: string, detail: string]> = {
  parallel: ['CONCURRENCY_LIMIT_EXCEEDED', 'Concurrent request limit exceeded. Request blocked.'],
  rate: ['REQUEST_LIMIT_EXCEEDED', 'The limit of requests in 60 seconds is exceeded. Request blocked.'],
  day: ['REQUEST_LIMIT_EXCEEDED', 'The limit of requests in 24 hours is exceeded. Request blocked.'],
};

export function overLimit(excess: Excess): VendorReply {
  const [code, detail] = excesses[excess];
  return errorReply({ status: 429, code, detail });
}

export const unexpected = () =>
  errorReply({ status: 500, code: 'UNEXPECTED_ERROR', detail: 'An unexpected error occurred.' });

export function missing(url: URL): RestError {
  const detail = 'The record instance does not exist. Provide a valid record instance ID.';
  return new RestError({ status: 404, code: 'NONEXISTENT_ID', detail, where: { 'o:errorPath': url.pathname } });
}

export const notAllowed = (method: string) =>
  new RestError({ status: 405, code: 'METHOD_NOT_ALLOWED', detail: `${method} is not allowed here.` });
