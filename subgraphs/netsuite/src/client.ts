import { createVendorHttp } from '@customer360/kit/http';
import { createLimiter } from '@customer360/kit/limiter/limiter';
import type { RedisClient } from '@customer360/kit/limiter/redis-ledger';
import { createVendorPolicy } from '@customer360/kit/policy';
import type { SourceHealth } from '@customer360/kit/source-health';
import type { Config } from './config.ts';
import type { NetSuiteClient } from './model.ts';
import { createAccessTokens } from './rest/access-token.ts';
import { createRestClient } from './rest/client.ts';
import { createSuiteQl } from './rest/suiteql.ts';
import { createSoapClient } from './soap/client.ts';
import { createSoapConnection } from './soap/connection.ts';

export interface ClientDeps {
  health?: SourceHealth;
  redis?: RedisClient | undefined;
}

/** The client for the configured transport. */
export function createNetSuiteClient(config: Config['netsuite'], { health, redis }: ClientDeps = {}): NetSuiteClient {
  const { transport, baseUrl, concurrency } = config;
  const system = 'NETSUITE';
  const { timeoutMs } = config.policy;
  const http = createVendorHttp({ system, timeoutMs, maxSockets: concurrency });
  // One pool for REST and SOAP, of the whole account.
  const limiter = createLimiter({
    system,
    limits: { concurrent: concurrency },
    account: config.token.account,
    leaseMs: timeoutMs * 2,
    redis,
  });
  const policy = createVendorPolicy({
    system,
    ...config.policy,
    slots: concurrency,
    limiter,
    ...(health ? { health } : {}),
  });

  if (transport === 'soap') return createSoapClient(createSoapConnection({ http, policy, settings: config }));
  const tokens = createAccessTokens({ http, baseUrl, machine: config.machine });
  return createRestClient(createSuiteQl({ http, policy, tokens, baseUrl }));
}
