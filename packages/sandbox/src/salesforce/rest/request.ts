import type { VendorReply } from '../../vendor/reply.ts';
import { errorReply, SalesforceError } from '../errors.ts';
import type { Json } from '../records/input.ts';

/** What a request asks of `/services/data/vXX.0`, without its session. */
export interface DataRequest {
  method: string;
  url: URL;
  headers: Record<string, string | string[] | undefined>;
  /** Read from JSON; undefined when there was none. */
  body: unknown;
}

/** Answers one request, failures included. */
export type Answer = (request: DataRequest) => VendorReply;

export const ok = (body: object): VendorReply => ({ status: 200, body });

export const badInput = (message: string) => new SalesforceError(400, 'JSON_PARSER_ERROR', message);

export function parseBody(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badInput('Unexpected character in the request body at [line:1, column:1]');
  }
}

export function requireObjectBody(body: unknown): Json {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Json;
  throw badInput('The HTTP entity body is required, but this request has no entity body.');
}

export function attempt(work: () => VendorReply): VendorReply {
  try {
    return work();
  } catch (error) {
    return errorReply(error);
  }
}

/** One error as the answers of many records list it. */
export interface ItemError {
  statusCode: string;
  message: string;
  fields: string[];
}

/** The error of one record among many; what is not Salesforce's own error is thrown on. */
export function itemError(error: unknown): ItemError {
  if (!(error instanceof SalesforceError)) throw error;
  const { errorCode, message, fields = [] } = error;
  return { statusCode: errorCode, message, fields };
}
