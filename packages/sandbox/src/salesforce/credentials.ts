/** What the Salesforce sandbox accepts; they open nothing else in the world. */
export const salesforceCredentials = {
  clientId: 'c360-salesforce-client',
  clientSecret: 'c360-salesforce-secret',
  refreshToken: '5Aep861.c360-sandbox-refresh-token',
} as const;
