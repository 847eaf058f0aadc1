/** The made-up login of the sandbox, so that the service starts without settings. It opens nothing else. */
export const sandboxLogin = {
  account: 'TSTDRV1234567',
  clientId: 'c360-sandbox-client',
  certificateId: 'c360-sandbox-certificate',
  privateKey: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7+FitYASVd1Ai4tt
pnpsz5n/06A18JGRiWgYMagmImehRANCAAQ7uLfPD9Dr5RUXk3M2p7Knb+SGmvwH
bdsrO6r2sv4Caf3KiaQ9ldrw715OQsP0/8uMEZCVZzgGUellke9K9j0w
-----END PRIVATE KEY-----
`,
  consumerKey: 'ck-example',
  consumerSecret: 'cs-example',
  tokenId: 'tk-example',
  tokenSecret: 'ts-example',
};
