import type { Control } from '../vendor/control.ts';
import { createControl } from '../vendor/control.ts';
import type { RunningVendor, VendorReply, VendorRequest } from '../vendor/server.ts';
import { startVendor } from '../vendor/server.ts';
import type { World } from '../world/world.ts';
import { createOAuth, tokenPath } from './auth/oauth.ts';
import { createTba } from './auth/tba.ts';
import type { NetsuiteCredentials } from './credentials.ts';
import { netsuiteCredentials } from './credentials.ts';
import { errorReply, unexpected } from './rest/errors.ts';
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
}

/** Starts NetSuite: REST records and SuiteQL with OAuth 2.0 or TBA, and SOAP with TBA. */
export function startNetsuite(options: NetsuiteOptions): Promise<RunningVendor> {
  const { host, port, world, control = createControl(), credentials = netsuiteCredentials, now = Date.now } = options;
  const oauth = createOAuth(credentials, control, now);
  const tba = createTba(credentials, now);
  const suiteql = createSuiteql(world);
  const store = createRecordStore(world, now);
  const records = createRecords(world, control, store, now);
  const rest = createRest({ credentials, control, oauth, tba, suiteql, records });

  const soap = createSoap({ credentials, control, tba, world, store, now });

  const handle = async (request: VendorRequest): Promise<VendorReply> => {
    const { pathname } = request.url;
    if (pathname === tokenPath) {
      request.operation = 'token';
      return oauth.token(request);
    }
    if (pathname.startsWith('/services/rest/')) return rest(request);
    if (isSoapPath(pathname)) return soap(request);
    const description = answerDescription(request.url);
    if (description) {
      request.operation = 'description';
      return description;
    }
    return errorReply({ status: 404, code: 'INVALID_URL', detail: 'There is no such service.' });
  };

  return startVendor({ host, port, control, handle, crash: unexpected });
}
