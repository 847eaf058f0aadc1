import { marketoCredentials } from '@customer360/sandbox/marketo/credentials';
import { netsuiteCredentials } from '@customer360/sandbox/netsuite/credentials';
import { salesforceCredentials } from '@customer360/sandbox/salesforce/credentials';

export const credentials = {
  netsuite: netsuiteCredentials,
  salesforce: salesforceCredentials,
  marketo: marketoCredentials,
};

/** What the bench tells the peer; nothing has a default. @throws when it is not told */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const addresses = () => ({
  netsuite: setting('NETSUITE_BASE_URL'),
  salesforce: setting('SALESFORCE_LOGIN_URL'),
  marketo: setting('MARKETO_BASE_URL'),
});

/** In milliseconds. */
export const freshness = () => ({
  netsuite: Number(setting('NETSUITE_FRESH_MS')),
  salesforce: Number(setting('SALESFORCE_FRESH_MS')),
  marketo: Number(setting('MARKETO_FRESH_MS')),
});
