import { z } from 'zod';
import type { TraceSettings } from './tracing.ts';

/** Settings that services share, each with the default that stands when its variable is not set. */

export const host = z.string().default('127.0.0.1');

export const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn');

export const count = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

/** 0 takes a free port. */
export const port = (fallback: number) => count(fallback, 0, 65_535);

/** Longest wait for one answer of a vendor. */
export const vendorTimeoutMs = count(5000, 100, 60_000);

export const secret = (fallback: string) => z.string().min(1).default(fallback);

/** An address without the slashes at its end. */
const anyHttpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .transform((url) => url.replace(/\/+$/, ''));

export const httpUrl = (fallback: string) => anyHttpUrl.default(fallback);

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')
  .default('USD');

/** How a process of ours runs, whatever it serves. */
export const running = {
  DRAIN_DELAY_MS: count(0, 0, 10_000),
  OTEL_EXPORTER_OTLP_ENDPOINT: anyHttpUrl.optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
};

export interface Running {
  /** How long a process that is to stop still takes requests, so that balancers see that it is not ready. */
  drainDelayMs: number;
  /** Where traces go; null when there are none. */
  traces: TraceSettings | null;
}

const runningSchema = z.object(running);

export function readRunning(read: z.output<typeof runningSchema>): Running {
  const endpoint = read.OTEL_EXPORTER_OTLP_ENDPOINT;
  return {
    drainDelayMs: read.DRAIN_DELAY_MS,
    traces: endpoint === undefined ? null : { endpoint, share: read.OTEL_TRACES_SAMPLER_ARG },
  };
}
