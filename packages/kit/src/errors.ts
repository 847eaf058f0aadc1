import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';

/** The systems that customers' data comes from. */
export type System = 'NETSUITE' | 'SALESFORCE' | 'MARKETO';

/** Why a system did not answer. `busy` is throttling: the system is well, we must wait. */
export type Fault = 'unavailable' | 'timeout' | 'busy' | 'credentials' | 'malformed' | 'rejected';

export const systemNames: Record<System, string> = {
  NETSUITE: 'NetSuite',
  SALESFORCE: 'Salesforce',
  MARKETO: 'Marketo',
};

const sentences: Record<Fault, (name: string) => string> = {
  unavailable: (name) => `${name} is temporarily unavailable. Try again in a moment.`,
  timeout: (name) => `${name} did not answer in time. Try again in a moment.`,
  busy: (name) => `${name} accepts no more calls at the moment. Try again in a moment.`,
  credentials: (name) => `${name} refused our credentials. An administrator has to renew them.`,
  malformed: (name) => `${name} sent an answer that could not be read. Try again in a moment.`,
  rejected: (name) => `${name} refused this request.`,
};

export interface UpstreamDetails {
  cause?: unknown;
  retryAfterMs?: number;
  quotaSpent?: boolean;
}

/** A vendor could not be read. The message is for logs: what happened, never a secret, an address or vendor text. */
export class UpstreamError extends Error {
  readonly system: System;
  readonly fault: Fault;
  /** How long the vendor asked us to wait, when it said so. */
  readonly retryAfterMs: number | undefined;
  /** The wait lasts until a quota starts again, however long that is. */
  readonly quotaSpent: boolean;

  constructor(system: System, fault: Fault, message: string, options: UpstreamDetails = {}) {
    super(`${systemNames[system]}: ${message}`, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'UpstreamError';
    this.system = system;
    this.fault = fault;
    this.retryAfterMs = options.retryAfterMs;
    this.quotaSpent = options.quotaSpent ?? false;
  }
}

/** The vendor was not asked, because it has been failing; `retryAfterMs` is when one call will be let through. */
export class CircuitOpenError extends UpstreamError {
  constructor(system: System, retryAfterMs: number) {
    super(system, 'unavailable', 'not asked, it has been failing', { retryAfterMs });
  }
}

/** What a load threw, as an error whatever it was. */
export const asLoadError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error('a load failed', { cause: thrown });

/** The caller sent something that cannot be used; the message says what and what would do. */
export class UserInputError extends GraphQLError {
  constructor(message: string, argument?: string) {
    super(message, { extensions: { code: 'BAD_USER_INPUT', ...(argument ? { argument } : {}) } });
    this.name = 'UserInputError';
  }
}

/** Codes that may leave a service. Everything else becomes `INTERNAL_SERVER_ERROR` without a word of its own. */
export const publicCodes: ReadonlySet<string> = new Set([
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_BUSY',
  'UPSTREAM_CREDENTIALS',
  'UPSTREAM_MALFORMED',
  'UPSTREAM_REJECTED',
]);

/** A system's name and nothing else: what a subgraph puts here is not ours. */
const isSource = (value: unknown): value is string => typeof value === 'string' && /^[A-Z_]+$/.test(value);

/** What the caller reads about a vendor's failure: a fixed sentence, a code and the system. */
export function describeUpstream(error: UpstreamError): { message: string; extensions: Record<string, unknown> } {
  return {
    message: sentences[error.fault](systemNames[error.system]),
    extensions: { code: `UPSTREAM_${error.fault.toUpperCase()}`, source: error.system },
  };
}

/** What the caller reads about our own mistakes. */
export const maskedError = {
  message: 'Something went wrong on our side. The error has been logged.',
  extensions: { code: 'INTERNAL_SERVER_ERROR' },
};

/** Apollo's `formatError` for every service: maps vendor faults, lets known codes through, masks the rest. */
export function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const original = thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
  const place = {
    ...(formatted.path ? { path: formatted.path } : {}),
    ...(formatted.locations ? { locations: formatted.locations } : {}),
  };
  if (original instanceof UpstreamError) return { ...describeUpstream(original), ...place };

  const { code, source, argument } = formatted.extensions ?? {};
  if (typeof code !== 'string' || !publicCodes.has(code)) return { ...maskedError, ...place };
  return {
    message: formatted.message,
    ...place,
    extensions: { code, ...(isSource(source) ? { source } : {}), ...(argument ? { argument } : {}) },
  };
}
