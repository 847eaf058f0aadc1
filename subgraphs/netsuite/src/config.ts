import { createPrivateKey } from 'node:crypto';
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
import { sandboxLogin } from './sandbox-login.ts';

const environment = z.object({
  HOST: host,
  PORT: port(4001),
  LOG_LEVEL: logLevel,
  ...running,
  ...cacheSettings,
  ...cacheAges('NETSUITE', 30_000),
  NETSUITE_ACCOUNT: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, 'must be the account id, e.g. 1234567_SB1')
    .default(sandboxLogin.account),
  NETSUITE_BASE_URL: httpUrl('http://127.0.0.1:4101'),
  NETSUITE_TRANSPORT: z.enum(['rest', 'soap']).default('rest'),
  NETSUITE_CLIENT_ID: secret(sandboxLogin.clientId),
  NETSUITE_CERTIFICATE_ID: secret(sandboxLogin.certificateId),
  NETSUITE_PRIVATE_KEY: secret(sandboxLogin.privateKey)
    // A PEM in an environment file often has its line ends spelled out.
    .transform((pem) => pem.replaceAll('\\n', '\n'))
    .refine(isSigningKey, 'must be a private key in PEM, EC P-256 or RSA'),
  NETSUITE_CONSUMER_KEY: secret(sandboxLogin.consumerKey),
  NETSUITE_CONSUMER_SECRET: secret(sandboxLogin.consumerSecret),
  NETSUITE_TOKEN_ID: secret(sandboxLogin.tokenId),
  NETSUITE_TOKEN_SECRET: secret(sandboxLogin.tokenSecret),
  NETSUITE_SOAP_VERSION: z
    .string()
    .regex(/^\d{4}_[12]$/, 'must look like 2023_1')
    .default('2023_1'),
  NETSUITE_WSDL: z.string().optional(),
  // A long list asks for a hundred pages at once.
  ...policyVariables('NETSUITE', 1000),
  NETSUITE_CONCURRENCY: count(8, 1, 50),
  NETSUITE_TIME_ZONE: z.string().refine(isTimeZone, 'must be an IANA time zone, e.g. America/New_York').default('UTC'),
  NETSUITE_BASE_CURRENCY: currency,
});

export type Config = ReturnType<typeof readConfig>;

/** Every setting has a default that fits the sandbox on this machine. @throws {ConfigError} */
export function readConfig(env: Record<string, string | undefined> = process.env) {
  const read = parseConfig(environment, env);
  const baseUrl = read.NETSUITE_BASE_URL;
  return {
    host: read.HOST,
    port: read.PORT,
    logLevel: read.LOG_LEVEL,
    running: readRunning(read),
    backbone: readCacheSettings(read),
    ages: readAges('NETSUITE', read),
    timeZone: read.NETSUITE_TIME_ZONE,
    /** The company's base currency. */
    currency: read.NETSUITE_BASE_CURRENCY,
    netsuite: {
      transport: read.NETSUITE_TRANSPORT,
      baseUrl,
      policy: readPolicy('NETSUITE', read),
      concurrency: read.NETSUITE_CONCURRENCY,
      machine: {
        clientId: read.NETSUITE_CLIENT_ID,
        certificateId: read.NETSUITE_CERTIFICATE_ID,
        privateKey: read.NETSUITE_PRIVATE_KEY,
      },
      token: {
        // In signatures the account is written in capitals with an underscore, unlike in host names.
        account: read.NETSUITE_ACCOUNT.toUpperCase().replaceAll('-', '_'),
        consumerKey: read.NETSUITE_CONSUMER_KEY,
        consumerSecret: read.NETSUITE_CONSUMER_SECRET,
        tokenId: read.NETSUITE_TOKEN_ID,
        tokenSecret: read.NETSUITE_TOKEN_SECRET,
      },
      soapVersion: read.NETSUITE_SOAP_VERSION,
      wsdl: read.NETSUITE_WSDL ?? `${baseUrl}/wsdl/v${read.NETSUITE_SOAP_VERSION}_0/netsuite.wsdl`,
    },
  };
}

function isSigningKey(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    return asymmetricKeyType === 'rsa' || asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
