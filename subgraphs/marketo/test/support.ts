import { createLogger } from '@customer360/kit/logger';
import type { MarketoOptions } from '@customer360/sandbox/marketo/server';
import { startMarketo } from '@customer360/sandbox/marketo/server';
import type { Call } from '@customer360/sandbox/vendor/control';
import { openWorld, type World } from '@customer360/sandbox/world/world';
import { readConfig } from '../src/config.ts';
import { start } from '../src/service.ts';

export const world: World = openWorld({ seed: 5, size: 500, today: '2026-11-22' });

export interface Answer {
  // The shape is the query's; tests compare it whole.
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

export interface RoomOptions {
  sandbox?: Partial<MarketoOptions>;
  env?: Record<string, string>;
  /** What is wrong with Marketo before the subgraph starts. */
  faults?: object;
}

/** A real sandbox and a real subgraph on free ports. */
export async function openRoom({ sandbox = {}, env = {}, faults }: RoomOptions = {}) {
  const marketo = await startMarketo({ host: '127.0.0.1', port: 0, world, ...sandbox });
  if (faults) marketo.control.setFaults(faults);
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    MARKETO_BASE_URL: marketo.url,
    CACHE_KEPT_MS: '0',
    ...env,
  });
  const service = await start(config, { logger: createLogger('marketo', 'silent') }).catch(async (error: unknown) => {
    await marketo.close();
    throw error;
  });
  const ask = async (query: string, variables: object = {}): Promise<Answer> => {
    const reply = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { extensions: _, ...answer } = (await reply.json()) as Answer & { extensions?: unknown };
    return answer;
  };
  return {
    control: marketo.control,
    ask,
    entities: (selection: string, representations: object[]) =>
      ask(`query ($r: [_Any!]!) { _entities(representations: $r) { ${selection} } }`, { r: representations }),
    /** Waits until the campaign figures are there, then forgets the calls that this took. */
    async settle(): Promise<Call[]> {
      await ask('{ campaigns(first: 1) { spend { amount } } }');
      const calls = [...marketo.control.calls];
      marketo.control.clearCalls();
      return calls;
    },
    operations: () => marketo.control.calls.map(({ operation }) => operation),
    async [Symbol.asyncDispose]() {
      await Promise.all([service.close(), marketo.close()]);
    },
  };
}

export function rows(sql: string, ...values: (string | number)[]): Record<string, unknown>[] {
  return world.db.prepare(sql).all(...values);
}
