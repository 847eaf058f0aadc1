import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { addresses, credentials } from './config.ts';

const { netsuite, salesforce, marketo } = credentials;

/** Access tokens by the name of their source, each got once and again shortly before it ends. */
export const tokens: Record<string, () => Promise<string>> = {
  NetSuite: keepToken(() => {
    const url = `${addresses().netsuite}/services/rest/auth/oauth2/v1/token`;
    return logIn(url, {
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: createAssertion(url),
    });
  }),
  Salesforce: keepToken(() =>
    logIn(`${addresses().salesforce}/services/oauth2/token`, {
      grant_type: 'refresh_token',
      refresh_token: salesforce.refreshToken,
      client_id: salesforce.clientId,
      client_secret: salesforce.clientSecret,
    }),
  ),
  Marketo: keepToken(() =>
    logIn(`${addresses().marketo}/identity/oauth/token`, {
      grant_type: 'client_credentials',
      client_id: marketo.clientId,
      client_secret: marketo.clientSecret,
    }),
  ),
};

interface Grant {
  access_token: string;
  expires_in?: number;
}

function keepToken(fetchToken: () => Promise<Grant>): () => Promise<string> {
  let current: Promise<string> | undefined;
  return () => {
    current ??= fetchToken().then(({ access_token: token, expires_in: seconds = 6600 }) => {
      setTimeout(forget, seconds * 900).unref();
      return token;
    });
    current.catch(forget);
    return current;
  };
  function forget() {
    current = undefined;
  }
}

async function logIn(url: string, form: Record<string, string>): Promise<Grant> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return (await response.json()) as Grant;
}

/** What NetSuite trades for a token: a statement signed with the integration's certificate. */
function createAssertion(audience: string): string {
  const now = Math.floor(Date.now() / 1000);
  const head = { alg: netsuite.algorithm, typ: 'JWT', kid: netsuite.certificateId };
  const claims = {
    iss: netsuite.clientId,
    scope: netsuite.scope,
    aud: audience,
    iat: now,
    exp: now + 300,
  };
  const text = [head, { ...claims, jti: randomUUID() }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const key = createPrivateKey(netsuite.privateKey);
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}
