import { createVendorHttp } from '@customer360/kit/http';
import { createVendorPolicy } from '@customer360/kit/policy';
import type { Config } from './config.ts';
import type { DocumentsWanted, ErpCustomer, ErpInvoice, ErpOrder, Ledger, RecurringSum } from './model.ts';
import { createAccessTokens } from './rest/access-token.ts';
import { createRestClient } from './rest/client.ts';
import { createSuiteQl } from './rest/suiteql.ts';
import { createSoapClient } from './soap/client.ts';
import { createSoapConnection } from './soap/connection.ts';

/** The connection to one ERP account, shared by the process. Every method is one parallel stage of calls. */
export interface NetSuiteClient {
  /** Customers that carry one of the external ids; an id may be carried by none, one or several. @throws {UpstreamError} */
  customers(accountIds: readonly string[]): Promise<ErpCustomer[]>;
  customersByInternalId(internalIds: readonly string[]): Promise<ErpCustomer[]>;
  documents(accountIds: readonly string[], wanted: DocumentsWanted): Promise<(ErpInvoice | ErpOrder)[]>;
  ledger(): Promise<Ledger>;
  /** Sums over subscription orders that run on the given day. */
  recurring(today: string): Promise<RecurringSum[]>;
  /** Does ahead what the first call would do: logs in, or reads the service description. */
  warmUp(): Promise<void>;
}

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
