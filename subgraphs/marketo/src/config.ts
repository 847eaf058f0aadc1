import { parseConfig } from '@customer360/kit/config';
import { z } from 'zod';

const count = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

// The credentials are those that the sandbox on this machine accepts; a real instance has its own.
const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: count(4003, 0, 65_535),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  MARKETO_BASE_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:4103'),
  MARKETO_CLIENT_ID: z.string().min(1).default('7c1f2a54-9d0e-4b6f-8a3c-5e21d4b09f66'),
  MARKETO_CLIENT_SECRET: z.string().min(1).default('marketo-sandbox-secret'),
  MARKETO_TIMEOUT_MS: count(5000, 100, 60_000),
  MARKETO_CONCURRENCY: count(8, 1, 10),
  // A standard subscription allows 100; larger ones are sold.
  MARKETO_CALLS_PER_20_S: count(90, 1, 100_000),
  MARKETO_ATTRIBUTION_MODEL: z.enum(['FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR']).default('LINEAR'),
  MARKETO_ATTRIBUTION_REFRESH_MS: count(3_600_000, 1000, 86_400_000),
  MARKETO_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')
    .default('USD'),
});

export type Config = ReturnType<typeof readConfig>;

/** Every setting has a default that fits the sandbox on this machine. @throws {ConfigError} */
export function readConfig(env: Record<string, string | undefined> = process.env) {
  const read = parseConfig(environment, env);
  return {
    host: read.HOST,
    port: read.PORT,
    logLevel: read.LOG_LEVEL,
    currency: read.MARKETO_CURRENCY,
    marketo: {
      baseUrl: read.MARKETO_BASE_URL.replace(/\/+$/, ''),
      clientId: read.MARKETO_CLIENT_ID,
      clientSecret: read.MARKETO_CLIENT_SECRET,
      timeoutMs: read.MARKETO_TIMEOUT_MS,
      concurrency: read.MARKETO_CONCURRENCY,
      callsPerWindow: read.MARKETO_CALLS_PER_20_S,
    },
    attribution: { model: read.MARKETO_ATTRIBUTION_MODEL, refreshMs: read.MARKETO_ATTRIBUTION_REFRESH_MS },
  };
}
