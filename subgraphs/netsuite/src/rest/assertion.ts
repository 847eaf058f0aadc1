import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';

export interface Machine {
  clientId: string;
  /** Id that NetSuite gave the uploaded certificate. */
  certificateId: string;
  /** PKCS #8 PEM of an EC P-256 or an RSA key. */
  privateKey: string;
}

const lifetimeSeconds = 300;

/** Makes the signed statement that NetSuite trades for an access token. Throws at once when the key cannot be read. */
export function createAssertion(machine: Machine, tokenUrl: string): () => Promise<string> {
  const key = createPrivateKey(machine.privateKey);
  const alg = key.asymmetricKeyType === 'rsa' ? 'PS256' : 'ES256';

  return () => {
    const issuedAt = Math.floor(Date.now() / 1000);
    return new SignJWT({ scope: 'rest_webservices' })
      .setProtectedHeader({ alg, typ: 'JWT', kid: machine.certificateId })
      .setIssuer(machine.clientId)
      .setAudience(tokenUrl)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds)
      .sign(key);
  };
}
