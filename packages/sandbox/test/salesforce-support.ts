import { createRequire } from 'node:module';
import type jsforceTypes from 'jsforce';
import { salesforceCredentials } from '../src/salesforce/credentials.ts';
import type { SalesforceOptions } from '../src/salesforce/options.ts';
import { startSalesforce } from '../src/salesforce/server.ts';
import type { RunningVendor } from '../src/vendor/server.ts';
import type { World } from '../src/world/world.ts';
import { openWorld } from '../src/world/world.ts';

export const jsforce = createRequire(import.meta.url)('jsforce') as typeof jsforceTypes;

export const today = '2026-11-23';
/** It is noon in Los Angeles. */
export const noon = Date.parse(`${today}T20:00:00Z`);

export interface Org {
  world: World;
  vendor: RunningVendor;
  token: string;
  /** A GET below `/services/data/v57.0`. */
  get(path: string, headers?: Record<string, string>): Promise<{ status: number; headers: Headers; body: unknown }>;
  query(soql: string, headers?: Record<string, string>): Promise<{ status: number; headers: Headers; body: unknown }>;
  /** Any call below `/services/data/v57.0`; an empty answer is null. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Headers; body: unknown }>;
  sql(text: string, ...values: (string | number)[]): Record<string, unknown>[];
  close(): Promise<void>;
}

export async function askToken(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(`${url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
}

export const refreshForm = {
  grant_type: 'refresh_token',
  refresh_token: salesforceCredentials.refreshToken,
  client_id: salesforceCredentials.clientId,
  client_secret: salesforceCredentials.clientSecret,
};

export async function startOrg(size = 500, options: Partial<SalesforceOptions> = {}): Promise<Org> {
  const world = openWorld({ seed: 1, size, today });
  const vendor = await startSalesforce({ host: '127.0.0.1', port: 0, world, ...options });
  const answer = (await (await askToken(vendor.url, refreshForm)).json()) as { access_token: string };
  const token = answer.access_token;
  const get: Org['get'] = async (path, headers = {}) => {
    const url = `${vendor.url}/services/data/v57.0${path}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}`, ...headers } });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };

  const call: Org['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${vendor.url}/services/data/v57.0${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  };

  return {
    world,
    vendor,
    token,
    call,
    get,
    query: (soql, headers) => get(`/query?q=${encodeURIComponent(soql)}`, headers),
    sql: (text, ...values) => world.db.prepare(text).all(...values) as Record<string, unknown>[],
    close: () => vendor.close(),
  };
}
