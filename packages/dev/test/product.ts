import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import type { World, WorldOptions } from '@customer360/sandbox/world/world';
import type { Answer } from '@customer360/testing/ask';
import { ask } from '@customer360/testing/ask';
import type { Vendor } from '../src/addresses.ts';
import { addressesFrom, vendorNames } from '../src/addresses.ts';
import type { Embedded, EmbeddedOptions } from '../src/embedded.ts';
import { startEmbedded } from '../src/embedded.ts';

/** The whole product as `npm start` runs it, on ports of its own. */
export interface Product extends Embedded, AsyncDisposable {
  world: World;
  ask(query: string, variables?: object, operationName?: string): Promise<Answer>;
  /** Clears the record of vendor calls. */
  forgetCalls(): void;
  /** Operations called at each vendor since they were last forgotten. */
  calls(): Record<Vendor, string[]>;
  /** Vendor calls in all. */
  callCount(): number;
  setFaults(vendor: Vendor, faults: object): void;
  heal(): void;
}

export interface ProductOptions extends WorldOptions {
  env?: Record<string, string>;
  /** Whether anything that was read is kept. Most tests look at what is asked of the vendors. @default false */
  cached?: boolean;
  /** Tells subgraphs what day it is and how old data is. @default the system's clock */
  clock?: () => Date;
  logger?: Logger;
  /** What stands between a part and those who call it. @default nothing */
  through?: EmbeddedOptions['through'];
}

export async function startProduct({
  env,
  cached = false,
  clock,
  through,
  logger = createLogger('test', 'silent'),
  ...world
}: ProductOptions = {}): Promise<Product> {
  const supergraphPath = join(tmpdir(), `customer360-${randomUUID()}`, 'supergraph.graphql');
  const embedded = await startEmbedded({
    addresses: addressesFrom(0),
    logger,
    ...(clock ? { clock } : {}),
    ...(through ? { through } : {}),
    supergraphPath,
    // Tests ask faster than a standard Marketo subscription allows; its limits have tests of their own.
    sandboxes: { marketo: { limits: { perWindow: 100_000 } }, ...world },
    env: { MARKETO_CALLS_PER_20_S: '100000', ...(cached ? {} : { CACHE_KEPT_MS: '0' }), ...env },
  });
  const { sandboxes, gateway } = embedded;
  const control = (vendor: Vendor) => {
    const running = sandboxes.vendors[vendor];
    if (!running) throw new Error(`${vendor} has no sandbox`);
    return running.control;
  };
  const calls = () =>
    Object.fromEntries(
      vendorNames.map((name) => [name, control(name).calls.map(({ operation }) => operation)]),
    ) as Record<Vendor, string[]>;

  return {
    ...embedded,
    world: sandboxes.world,
    ask: (query, variables, operationName) => ask(gateway.url, query, variables, operationName),
    forgetCalls: () => {
      for (const name of vendorNames) control(name).clearCalls();
    },
    calls,
    callCount: () => Object.values(calls()).flat().length,
    setFaults: (vendor, faults) => void control(vendor).setFaults(faults),
    heal: () => {
      for (const name of vendorNames) control(name).heal();
    },
    async [Symbol.asyncDispose]() {
      await embedded.close();
      await rm(join(supergraphPath, '..'), { recursive: true, force: true });
    },
  };
}
