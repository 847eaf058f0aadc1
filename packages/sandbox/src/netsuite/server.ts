import type { Control } from '../vendor/control.ts';
import { createControl } from '../vendor/control.ts';
import type { VendorReply } from '../vendor/reply.ts';
import type { VendorRequest } from '../vendor/request.ts';
import type { RunningVendor } from '../vendor/server.ts';
import { startVendor } from '../vendor/server.ts';
import type { World } from '../world/world.ts';
import type { Consent } from './auth/code-grant.ts';
import { authorizePath, createOAuth, revokePath, tokenPath } from './auth/oauth.ts';
import { createTba } from './auth/tba.ts';
import type { NetsuiteCredentials } from './credentials.ts';
import { netsuiteCredentials } from './credentials.ts';
import { changeRecord } from './events/change-control.ts';
import { observeStore } from './events/observed-store.ts';
import type { EventTarget, OutboxOptions } from './events/outbox.ts';
import { createScript } from './events/script.ts';
import type { NetsuiteLimits } from './governance.ts';
import { createGovernance, netsuiteLimits } from './governance.ts';
import { errorReply, RestError, unexpected } from './rest/errors.ts';
import { createRest } from './rest/handler.ts';
import { createRecords } from './rest/records.ts';
import { createSoap, isSoapPath } from './soap/handler.ts';
import { answerDescription } from './soap/wsdl.ts';
import { createSuiteql } from './suiteql/run.ts';
import { createRecordStore } from './writing/store.ts';

export interface NetsuiteOptions {
  host: string;
  /** 0 takes a free port. */
  port: number;
  world: World;
  control?: Control;
  /** @default netsuiteCredentials */
  credentials?: NetsuiteCredentials;
  /** Milliseconds since 1970, for tokens and timestamps. @default Date.now */
  now?: () => number;
  /** How many requests the account may have. @default netsuiteLimits */
  limits?: Partial<NetsuiteLimits>;
  /** Whom the user event script tells of every save; `PUT /_control/webhook` sets it too. @default nobody */
  webhook?: EventTarget;
  /** How the script posts. @default defaultOutbox */
  outbox?: Partial<OutboxOptions>;
  /** `grant` answers the consent page of OAuth 2.0 by itself, for tests and demonstrations. @default 'ask' */
  consent?: Consent;
}

const crash = (error: unknown) => (error instanceof RestError ? errorReply(error.problem) : unexpected());

/** Starts NetSuite: REST records and SuiteQL with OAuth 2.0 or TBA, and SOAP with TBA. */
export async function startNetsuite(options: NetsuiteOptions): Promise<RunningVendor> {
  const { host, port, world, control = createControl(), credentials = netsuiteCredentials } = options;
  const now = control.clock(options.now);
  const { consent = 'ask' } = options;
  const governance = createGovernance(control, { ...netsuiteLimits, ...options.limits }, now);
  const oauth = createOAuth(credentials, control, now, consent);
  const tba = createTba(credentials, control, now);
  const suiteql = createSuiteql(world);
  const script = createScript({
    control,
    now,
    ...(options.webhook ? { target: options.webhook } : {}),
    ...options.outbox,
  });
  const { account } = credentials;
  const store = observeStore(createRecordStore(world, now), world, { account, now, emit: script.outbox.add });
  const records = createRecords(world, control, store, now);
  const rest = createRest({ credentials, control, governance, oauth, tba, suiteql, records, now });

  const soap = createSoap({ credentials, control, governance, tba, world, store, now });

  const handle = async (request: VendorRequest): Promise<VendorReply> => {
    const { pathname } = request.url;
    if (pathname === tokenPath) {
      request.operation = 'token';
      return oauth.token(request);
    }
    if (pathname === authorizePath) {
      request.operation = 'authorize';
      return oauth.authorize(request);
    }
    if (pathname === revokePath) {
      request.operation = 'revoke';
      return oauth.revoke(request);
    }
    if (pathname.startsWith('/services/rest/')) return governance.run(request, () => rest(request));
    if (isSoapPath(pathname)) return governance.run(request, () => soap(request));
    const description = answerDescription(request.url);
    if (description) {
      request.operation = 'description';
      return description;
    }
    return errorReply({ status: 404, code: 'INVALID_URL', detail: 'There is no such service.' });
  };

  const change = (body: unknown) => changeRecord(store, body);
  const running = await startVendor({
    host,
    port,
    control,
    handle,
    crash,
    change,
    webhook: script.webhook,
    compress: true,
  });
  const close = async () => {
    script.outbox.close();
    await running.close();
  };
  return { ...running, close };
}
