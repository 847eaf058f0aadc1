import { parseConfig } from '@customer360/kit/config';
import {
  cacheAges,
  cacheSettings,
  count,
  currency,
  host,
  httpUrl,
  logLevel,
  policyVariables,
  port,
  readAges,
  readCacheSettings,
  readPolicy,
  readRunning,
  running,
  secret,
} from '@customer360/kit/settings';
import { z } from 'zod';

// The credentials are those that the sandbox on this machine accepts; a real instance has its own.
const environment = z.object({
  HOST: host,
  PORT: port(4003),
  LOG_LEVEL: logLevel,
  ...running,
  ...cacheSettings,
  ...cacheAges('MARKETO', 3_600_000),
  MARKETO_BASE_URL: httpUrl('http://127.0.0.1:4103'),
  MARKETO_CLIENT_ID: secret('7c1f2a54-9d0e-4b6f-8a3c-5e21d4b09f66'),
  MARKETO_CLIENT_SECRET: secret('marketo-sandbox-secret'),
  ...policyVariables('MARKETO'),
  MARKETO_CONCURRENCY: count(8, 1, 10),
  // A standard subscription allows 100; larger ones are sold.
  MARKETO_CALLS_PER_20_S: count(90, 1, 100_000),
  MARKETO_CALLS_PER_DAY: count(50_000, 1, 100_000_000),
  MARKETO_ATTRIBUTION_MODEL: z.enum(['FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR']).default('LINEAR'),
  MARKETO_ATTRIBUTION_REFRESH_MS: count(3_600_000, 1000, 86_400_000),
  MARKETO_CURRENCY: currency,
});

export type Config = ReturnType<typeof readConfig>;

/** Every setting has a default that fits the sandbox on this machine. @throws {ConfigError} */
export function readConfig(env: Record<string, string | undefined> = process.env) {
  const read = parseConfig(environment, env);
  return {
    host: read.HOST,
    port: read.PORT,
    logLevel: read.LOG_LEVEL,
    running: readRunning(read),
    backbone: readCacheSettings(read),
    ages: readAges('MARKETO', read),
    currency: read.MARKETO_CURRENCY,
    marketo: {
      baseUrl: read.MARKETO_BASE_URL,
      clientId: read.MARKETO_CLIENT_ID,
      clientSecret: read.MARKETO_CLIENT_SECRET,
      policy: readPolicy('MARKETO', read),
      concurrency: read.MARKETO_CONCURRENCY,
      callsPerWindow: read.MARKETO_CALLS_PER_20_S,
      callsPerDay: read.MARKETO_CALLS_PER_DAY,
    },
    attribution: { model: read.MARKETO_ATTRIBUTION_MODEL, refreshMs: read.MARKETO_ATTRIBUTION_REFRESH_MS },
  };
}
