import { parseConfig } from '@customer360/kit/config';
import { z } from 'zod';

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });

const schema = z
  .object({
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(4002),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
    SALESFORCE_LOGIN_URL: httpUrl.default('http://127.0.0.1:4102'),
    SALESFORCE_CLIENT_ID: z.string().default('c360-salesforce-client'),
    SALESFORCE_CLIENT_SECRET: z.string().default('c360-salesforce-secret'),
    SALESFORCE_REFRESH_TOKEN: z.string().default('5Aep861.c360-sandbox-refresh-token'),
    SALESFORCE_API_VERSION: z
      .string()
      .regex(/^\d{2}\.0$/, 'must look like 57.0')
      .default('57.0'),
    SALESFORCE_CURRENCY: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')
      .default('USD'),
    SALESFORCE_TIMEOUT_MS: z.coerce.number().int().min(10).max(120_000).default(5000),
  })
  .transform((env) => ({
    host: env.HOST,
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
    salesforce: {
      loginUrl: env.SALESFORCE_LOGIN_URL.replace(/\/+$/, ''),
      clientId: env.SALESFORCE_CLIENT_ID,
      clientSecret: env.SALESFORCE_CLIENT_SECRET,
      refreshToken: env.SALESFORCE_REFRESH_TOKEN,
      apiVersion: env.SALESFORCE_API_VERSION,
      timeoutMs: env.SALESFORCE_TIMEOUT_MS,
    },
    /** The org's corporate currency: a single-currency org prints amounts without one. */
    currency: env.SALESFORCE_CURRENCY,
  }));

export type Config = z.output<typeof schema>;
export type SalesforceConfig = Config['salesforce'];

/** Settings of this service; the defaults fit the sandbox on loopback. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  return parseConfig(schema, env);
}
