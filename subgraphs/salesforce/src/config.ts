import { parseConfig } from '@customer360/kit/config';
import {
  cacheAges,
  cacheSettings,
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

// The credentials are those that the sandbox on this machine accepts; a real org has its own.
const environment = z.object({
  HOST: host,
  PORT: port(4002),
  LOG_LEVEL: logLevel,
  ...running,
  ...cacheSettings,
  ...cacheAges('SALESFORCE', 300_000),
  SALESFORCE_LOGIN_URL: httpUrl('http://127.0.0.1:4102'),
  SALESFORCE_CLIENT_ID: secret('c360-salesforce-client'),
  SALESFORCE_CLIENT_SECRET: secret('c360-salesforce-secret'),
  SALESFORCE_REFRESH_TOKEN: secret('5Aep861.c360-sandbox-refresh-token'),
  SALESFORCE_API_VERSION: z
    .string()
    .regex(/^\d{2}\.0$/, 'must look like 57.0')
    .default('57.0'),
  ...policyVariables('SALESFORCE'),
  SALESFORCE_CALLS_PER_DAY: z.coerce.number().int().min(1).optional(),
  SALESFORCE_CURRENCY: currency,
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
    ages: readAges('SALESFORCE', read),
    /** The org's corporate currency: a single-currency org prints amounts without one. */
    currency: read.SALESFORCE_CURRENCY,
    salesforce: {
      loginUrl: read.SALESFORCE_LOGIN_URL,
      clientId: read.SALESFORCE_CLIENT_ID,
      clientSecret: read.SALESFORCE_CLIENT_SECRET,
      refreshToken: read.SALESFORCE_REFRESH_TOKEN,
      apiVersion: read.SALESFORCE_API_VERSION,
      policy: readPolicy('SALESFORCE', read),
      /** Our own share; without it, what Salesforce says is the limit. */
      callsPerDay: read.SALESFORCE_CALLS_PER_DAY,
    },
  };
}
