import { createRequire } from 'node:module';
import { marketoCredentials } from '../../src/marketo/credentials.ts';
import type { MarketoOptions } from '../../src/marketo/server.ts';
import type { MarketoBody } from '../marketo-support.ts';
import { openMarketo, rows } from '../marketo-support.ts';

// An unmodified client by others (MadKudu, Apache-2.0).
// It logs every call unless told otherwise before it is loaded.
process.env.NODE_MARKETO_LOG_LEVEL = 'fatal';
const Client = createRequire(import.meta.url)('node-marketo-rest') as new (options: object) => Client;

type Ask = (...values: unknown[]) => Promise<MarketoBody & { nextPage?: () => Promise<MarketoBody> }>;
export interface Client {
  getOAuthToken(): Promise<{ access_token: string; expires_in: number }>;
  lead: Record<
    | 'byId'
    | 'find'
    | 'createOrUpdate'
    | 'push'
    | 'associateLead'
    | 'describe'
    | 'partitions'
    | 'mergeLead'
    | 'getPageToken'
    | 'getActivities'
    | 'getActivitiesForList'
    | 'getChanges',
    Ask
  >;
  list: Record<
    'find' | 'byId' | 'addLeadsToList' | 'removeLeadsFromList' | 'addEmailsToList' | 'getLeads' | 'isMember',
    Ask
  >;
  smartList: Record<'find' | 'byId', Ask>;
  activities: Record<'getActivityTypes', Ask>;
  campaign: Record<'request' | 'getCampaigns' | 'getSmartCampaigns', Ask>;
  email: Record<'getEmails' | 'getEmailContent' | 'updateEmailContentEditableText' | 'approveEmail', Ask>;
  landingPage: Record<'getLandingPages', Ask>;
  stats: Record<'usage' | 'usageLast7Days' | 'errors' | 'errorsLast7Days', Ask>;
  bulkLeadExtract: Record<'create' | 'enqueue' | 'status' | 'cancel' | 'get', Ask> & {
    file(id: unknown): Promise<string>;
  };
  bulkActivityExtract: Client['bulkLeadExtract'];
  streamify(object: string, method: string, args: unknown[]): AsyncIterable<{ id: number }>;
}

export const people = rows('SELECT * FROM mk_lead WHERE email IS NOT NULL ORDER BY id');
export const person = (index: number) => people[index] as { id: number; email: string; first_name: string };

/** A sandbox with Marketo's own limits and intervals, and a client of it. Its clock can be moved. */
export async function connect(options: Partial<MarketoOptions> = {}, credentials = {}) {
  let ahead = 0;
  const marketo = await openMarketo({ now: () => Date.now() + ahead, ...options });
  const { url } = marketo.vendor;
  const { clientId, clientSecret } = marketoCredentials;
  const client = new Client({
    endpoint: `${url}/rest`,
    identity: `${url}/identity`,
    clientId,
    clientSecret,
    retry: { maxRetries: 3, initialDelay: 5, maxDelay: 30 },
    ...credentials,
  });
  return {
    client,
    marketo,
    wait: (ms: number) => {
      ahead += ms;
    },
    [Symbol.asyncDispose]: () => marketo.vendor.close(),
  };
}
