import { createVendorHttp } from '@customer360/kit/http';
import { createVendorPolicy } from '@customer360/kit/policy';
import type { Config } from './config.ts';
import type { NetSuiteClient } from './model.ts';
import { createAccessTokens } from './rest/access-token.ts';
import { createRestClient } from './rest/client.ts';
import { createSuiteQl } from './rest/suiteql.ts';
import { createSoapClient } from './soap/client.ts';
import { createSoapConnection } from './soap/connection.ts';

/** Calls that may wait for a slot. They give up at the deadline, so the queue need not be short. */
const maxWaiting = 1000;

/** The client for the configured transport. */
export function createNetSuiteClient(config: Config['netsuite']): NetSuiteClient {
  const { transport, baseUrl, timeoutMs, concurrency } = config;
  const system = 'NETSUITE';
  const http = createVendorHttp({ system, timeoutMs, maxSockets: concurrency });
  const policy = createVendorPolicy({ system, timeoutMs, slots: concurrency, queue: maxWaiting });

  if (transport === 'soap') return createSoapClient(createSoapConnection({ http, policy, settings: config }));
  const tokens = createAccessTokens({ http, baseUrl, machine: config.machine });
  return createRestClient(createSuiteQl({ http, policy, tokens, baseUrl }));
}
