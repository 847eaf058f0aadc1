/** What the Marketo sandbox accepts when nothing else is configured: one custom service and its API-only user. */
export const marketoCredentials = {
  clientId: '7c1f2a54-9d0e-4b6f-8a3c-5e21d4b09f66',
  clientSecret: 'marketo-sandbox-secret',
  apiUser: 'customer360@api.example.com',
} as const;

export type MarketoCredentials = { clientId: string; clientSecret: string; apiUser: string };
