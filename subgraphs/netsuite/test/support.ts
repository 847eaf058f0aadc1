import { createLogger } from '@customer360/kit/logger';
import { netsuiteCredentials } from '@customer360/sandbox/netsuite/credentials';
import { startNetsuite } from '@customer360/sandbox/netsuite/server';
import type { World } from '@customer360/sandbox/world/world';
import { openWorld } from '@customer360/sandbox/world/world';
import { readConfig } from '../src/config.ts';
import { start } from '../src/service.ts';

export const today = '2026-11-20';
export const transports = ['rest', 'soap'] as const;
export type Transport = (typeof transports)[number];

export interface Answer {
  // The shape of an answer depends on the query; tests compare it as a whole.
  data: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** The sandbox and its world. */
export async function startSandbox(options: { size?: number; today?: string } = {}) {
  const world = openWorld({ seed: 7, size: options.size ?? 120, today: options.today ?? today });
  const vendor = await startNetsuite({ host: '127.0.0.1', port: 0, world });
  return { ...vendor, world };
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

export const configFor = (url: string, env: Record<string, string> = {}) =>
  readConfig({ PORT: '0', NETSUITE_BASE_URL: url, CACHE_KEPT_MS: '0', ...env });

/** A subgraph of its own before a sandbox; no state of another test in it. */
export async function startGraph(url: string, env: Record<string, string> = {}, now = `${today}T12:00:00Z`) {
  const logger = createLogger('netsuite', 'silent');
  const service = await start(configFor(url, env), { logger, clock: () => new Date(now) });
  return {
    close: service.close,
    async ask(query: string, variables: object = {}): Promise<Answer> {
      const answer = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { extensions: _, ...told } = (await answer.json()) as Answer & { extensions?: unknown };
      return told;
    },
    [Symbol.asyncDispose]: () => service.close(),
  };
}

export type Graph = Awaited<ReturnType<typeof startGraph>>;

/** Vendor calls without logins and the reading of the service description. */
export function dataCalls({ control }: Sandbox): string[] {
  return control.calls.map(({ operation }) => operation).filter((name) => /^(suiteql|soap:)/.test(name));
}

/** Account ids by how many ERP customers claim them. */
export function accountsClaimed(world: World, times: number, limit = 1000): string[] {
  const sql = `SELECT a.id FROM sf_account a LEFT JOIN ns_customer c ON c.external_id = a.id
    GROUP BY a.id HAVING COUNT(c.id) = ? ORDER BY a.id LIMIT ?`;
  return world.db
    .prepare(sql)
    .all(times, limit)
    .map(({ id }) => String(id));
}

export const wrongSecret = { NETSUITE_CLIENT_ID: 'another-client', NETSUITE_TOKEN_SECRET: 'another-secret' };
export const credentials = netsuiteCredentials;
