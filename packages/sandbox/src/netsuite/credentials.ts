/**
 * What the NetSuite sandbox accepts. Every value is made up and printed in the documentation:
 * none opens anything but a sandbox, the private key included.
 */
export const netsuiteCredentials = {
  account: 'TSTDRV1234567',
  /** OAuth 2.0 machine to machine: `iss` is the client id, `kid` the certificate id. */
  clientId: 'c360-sandbox-client',
  certificateId: 'c360-sandbox-certificate',
  algorithm: 'ES256',
  scope: 'rest_webservices',
  privateKey: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7+FitYASVd1Ai4tt
pnpsz5n/06A18JGRiWgYMagmImehRANCAAQ7uLfPD9Dr5RUXk3M2p7Knb+SGmvwH
bdsrO6r2sv4Caf3KiaQ9ldrw715OQsP0/8uMEZCVZzgGUellke9K9j0w
-----END PRIVATE KEY-----
`,
  certificate: `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEO7i3zw/Q6+UVF5NzNqeyp2/khpr8
B23bKzuq9rL+Amn9yomkPZXa8O9eTkLD9P/LjBGQlWc4BlHpZZHvSvY9MA==
-----END PUBLIC KEY-----
`,
  /** OAuth 2.0 authorization code: a confidential client with a secret, and a public one that has none. */
  webClientId: 'c360-sandbox-web',
  webClientSecret: 'c360-sandbox-web-secret',
  publicClientId: 'c360-sandbox-public',
  redirectUri: 'http://127.0.0.1:4180/callback',
  /** Token-based authentication, for REST and SOAP. */
  consumerKey: 'ck-example',
  consumerSecret: 'cs-example',
  tokenId: 'tk-example',
  tokenSecret: 'ts-example',
} as const;

/** The same shape with other values: what a test may start the sandbox with. */
export type NetsuiteCredentials = { readonly [Name in keyof typeof netsuiteCredentials]: string };
