import type { VendorReply } from '../vendor/reply.ts';

/** A failure that Salesforce reports as `[{ message, errorCode, fields? }]`. */
export class SalesforceError extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly fields: string[] | undefined;

  constructor(status: number, errorCode: string, message: string, fields?: string[]) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }
}

/** The reply for anything thrown while answering; what is not Salesforce's own error is its 500. */
export function errorReply(error: unknown): VendorReply {
  if (!(error instanceof SalesforceError)) {
    return errorReply(
      new SalesforceError(500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred. Please include this ErrorId.'),
    );
  }
  const { status, errorCode, message, fields } = error;
  return { status, body: [{ message, errorCode, ...(fields && { fields }) }] };
}

export const notFound = () => new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');

export const malformedQuery = (message: string) => new SalesforceError(400, 'MALFORMED_QUERY', message);

export const methodNotAllowed = (allowed: string) =>
  new SalesforceError(405, 'METHOD_NOT_ALLOWED', `HTTP Method not allowed. Allowed are ${allowed}`);

/** A message that quotes the query and points below the offending word, as Salesforce's do. */
export function pointed(soql: string, word: string, reason: string): string {
  const escaped = word.replace(/[^\w]/g, '\\$&');
  const at = Math.max(0, soql.search(new RegExp(`(?<![\\w])${escaped}(?![\\w])`, 'i')));
  const from = Math.max(0, at - 30);
  const quoted = soql.slice(from, at + word.length + 30).replaceAll('\n', ' ');
  return `\n${quoted}\n${' '.repeat(at - from)}^\nERROR at Row:1:Column:${at + 1}\n${reason}`;
}
