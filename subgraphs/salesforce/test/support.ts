import { createLogger } from '@customer360/kit/logger';
import { salesforceCredentials } from '@customer360/sandbox/salesforce/credentials';
import { startSalesforce } from '@customer360/sandbox/salesforce/server';
import type { Control } from '@customer360/sandbox/vendor/control';
import type { World } from '@customer360/sandbox/world/world';
import { openWorld } from '@customer360/sandbox/world/world';
import { readConfig } from '../src/config.ts';
import { start } from '../src/service.ts';

export const today = '2026-11-23';

export type Row = Record<string, unknown>;

export interface Answer<Data> {
  data: Data;
  errors?: { message: string; path?: (string | number)[]; extensions: Row }[];
}

export interface Room {
  url: string;
  vendorUrl: string;
  world: World;
  control: Control;
  ask<Data = Record<string, never>>(query: string, variables?: Row): Promise<Answer<Data>>;
  sql(text: string, ...values: (string | number)[]): Row[];
  /** What the vendor was asked since the last `clearCalls`. */
  operations(): string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** The subgraph over HTTP in front of a real sandbox. */
export async function startRoom(options: { size?: number; env?: Record<string, string> } = {}): Promise<Room> {
  const world = openWorld({ seed: 1, size: options.size ?? 120, today });
  const vendor = await startSalesforce({ host: '127.0.0.1', port: 0, world });
  const room = await startService(vendor.url, options.env).catch(async (error: unknown) => {
    await vendor.close();
    throw error;
  });

  return {
    ...room,
    vendorUrl: vendor.url,
    world,
    control: vendor.control,
    sql: (text, ...values) => world.db.prepare(text).all(...values) as Row[],
    operations: () => vendor.control.calls.map(({ operation }) => operation),
    async [Symbol.asyncDispose]() {
      await room.close();
      await vendor.close();
    },
  };
}

/** The subgraph alone, in front of whatever answers at `loginUrl`. */
export async function startService(loginUrl: string, env: Record<string, string> = {}) {
  const config = readConfig({
    CACHE_KEPT_MS: '0',
    PORT: '0',
    SALESFORCE_LOGIN_URL: loginUrl,
    SALESFORCE_CLIENT_ID: salesforceCredentials.clientId,
    SALESFORCE_CLIENT_SECRET: salesforceCredentials.clientSecret,
    SALESFORCE_REFRESH_TOKEN: salesforceCredentials.refreshToken,
    ...env,
  });
  const service = await start(config, { logger: createLogger('test', 'silent') });
  return {
    url: service.url,
    close: () => service.close(),
    async ask<Data>(query: string, variables: Row = {}): Promise<Answer<Data>> {
      const response = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { extensions: _, ...answer } = (await response.json()) as Answer<Data> & { extensions?: unknown };
      return answer;
    },
  };
}
