import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import type { Answer } from '@customer360/testing/ask';
import { ask } from '@customer360/testing/ask';
import type { FaultProxy } from '@customer360/testing/fault-proxy';
import { startFaultProxy } from '@customer360/testing/fault-proxy';
import type { Vendor } from '../addresses.ts';
import { addressesFrom, vendorNames } from '../addresses.ts';
import type { Embedded } from '../embedded.ts';
import { startEmbedded } from '../embedded.ts';
import { vendorVariable } from '../wiring.ts';
import { scaled } from './kinds.ts';
import type { FaultOperation } from './operations.ts';

/** One product whose calls between parts go through proxies. */
export interface RigProduct {
  embedded: Embedded;
  /** In front of each subgraph. */
  proxies: Record<Vendor, FaultProxy>;
  ask(operation: FaultOperation, accountId: string): Promise<Answer>;
}

/** A product that keeps what it read, and one that never does, over the same vendors. */
export interface Rig extends AsyncDisposable {
  warm: RigProduct;
  cold: RigProduct;
  /** In front of each vendor. */
  vendors: Record<Vendor, FaultProxy>;
  /** Accounts with something of every system. */
  accountIds: string[];
}

export interface RigOptions {
  /** More settings of both products. */
  env?: Record<string, string>;
  /** Settings of the second one. @default it keeps nothing that it reads */
  coldEnv?: Record<string, string>;
  logger?: Logger;
}

/** Accounts in the sandboxes. */
const size = 60;

/**
 * Times of one system are scaled down, and the circuit counts as it does by default. The others keep theirs: a machine
 * that is busy must not look like a fault of theirs.
 */
function scaledEnv(system: Vendor): Record<string, string> {
  const name = system.toUpperCase();
  const fresh = vendorNames.map((each) => [`${each.toUpperCase()}_FRESH_MS`, String(10 * 60_000)]);
  return {
    ...Object.fromEntries(fresh),
    [`${name}_TIMEOUT_MS`]: String(scaled.timeoutMs),
    [`${name}_RESET_TIMEOUT_MS`]: String(scaled.resetMs),
    // Nothing is as good as new for longer, so that every question is put to the vendor.
    [`${name}_FRESH_MS`]: '1',
  };
}

/** @param system the one that faults are to meet, as a vendor or as a subgraph */
export async function startRig(
  system: Vendor,
  { env = {}, coldEnv = { CACHE_KEPT_MS: '0' }, logger = createLogger('faults', 'silent') }: RigOptions = {},
): Promise<Rig> {
  const started: (() => PromiseLike<unknown>)[] = [];
  const close = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  const vendors = {} as Record<Vendor, FaultProxy>;

  async function startProduct(own: Record<string, string | undefined>): Promise<RigProduct> {
    const folder = join(tmpdir(), `customer360-faults-${randomUUID()}`);
    const proxies = {} as Record<Vendor, FaultProxy>;
    const embedded = await startEmbedded({
      addresses: addressesFrom(0),
      supergraphPath: join(folder, 'supergraph.graphql'),
      sandboxes: { size, marketo: { limits: { perWindow: 1_000_000 } } },
      logger,
      env: {
        ...scaledEnv(system),
        SUBGRAPH_TIMEOUT_MS: String(scaled.subgraphTimeoutMs),
        MARKETO_CALLS_PER_20_S: '100000',
        // Answers that are kept above the subgraphs are a matter of their own.
        OPERATION_CACHE: 'false',
        ...env,
        ...own,
      },
      async through(part, url) {
        const proxy = await startFaultProxy(url);
        started.push(() => proxy[Symbol.asyncDispose]());
        const vendor = vendorNames.find((name) => part === `${name}Sandbox`);
        if (vendor) vendors[vendor] = proxy;
        else proxies[part as Vendor] = proxy;
        return proxy.url;
      },
    });
    started.push(embedded.close, () => rm(folder, { recursive: true, force: true }));
    return {
      embedded,
      proxies,
      ask: ({ text }, accountId) => ask(embedded.gateway.url, text, { accountId, first: 50 }),
    };
  }

  try {
    const warm = await startProduct({});
    const addresses = vendorNames.map((name) => [vendorVariable[name], vendors[name].url]);
    const cold = await startProduct({ ...coldEnv, ...Object.fromEntries(addresses) });
    return {
      warm,
      cold,
      vendors,
      accountIds: richAccounts(warm.embedded),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function richAccounts({ sandboxes }: Embedded): string[] {
  const rows = sandboxes.world.db
    .prepare(
      `SELECT a.id FROM sf_account a
       WHERE (SELECT count(*) FROM ns_customer WHERE external_id = a.id) = 1
         AND EXISTS (SELECT 1 FROM mk_lead WHERE sf_account_id = a.id AND last_moment_date IS NOT NULL)
       ORDER BY a.id LIMIT 3`,
    )
    .all();
  return rows.map(({ id }) => String(id));
}
