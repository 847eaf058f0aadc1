import { setTimeout as sleep } from 'node:timers/promises';
import { type Control, createControl } from '../vendor/control.ts';
import { type RunningVendor, startVendor, type VendorReply, type VendorRequest } from '../vendor/server.ts';
import type { World } from '../world/world.ts';
import { createActivityLog } from './activities/log.ts';
import { type Answer, Refusal, refuse, succeed } from './answers.ts';
import { createExports, type ExportOptions } from './bulk/exports.ts';
import { createWebhook, type WebhookTarget } from './campaigns/webhook.ts';
import { type MarketoCredentials, marketoCredentials } from './credentials.ts';
import { createIdentity } from './identity.ts';
import { createDailyCount, createMeter, type Limits, limitExceeded, marketoLimits } from './limits.ts';
import { readParameters } from './parameters.ts';
import { findRoutes } from './route-table.ts';
import type { Desk, Found } from './routes.ts';
import { createReader } from './rows.ts';

export interface MarketoOptions {
  host: string;
  /** 0 takes a free port. */
  port: number;
  world: World;
  control?: Control;
  /** @default marketoCredentials */
  credentials?: MarketoCredentials;
  /** @default marketoLimits, the quotas of a standard subscription */
  limits?: Partial<Limits>;
  /** @default an hour */
  tokenLifetimeMs?: number;
  /** Take the token from the `access_token` parameter as well, as Marketo did before 2026. @default false */
  queryToken?: boolean;
  /** How bulk extracts run. @default a step a minute, as Marketo does */
  exports?: Partial<ExportOptions>;
  /** Who is called when a trigger campaign is requested. @default nobody */
  webhook?: WebhookTarget;
  /** Be an instance that a CRM is synchronised with: companies, opportunities and roles are its own. @default false */
  nativeCrm?: boolean;
  /** @default Date.now */
  now?: () => number;
}

const maxUri = 8192;
const maxBody = 1024 * 1024;
const clonesPerDay = 20;

/** Starts a Marketo instance over one world: identity, people database, assets and bulk extract. */
export async function startMarketo(options: MarketoOptions): Promise<RunningVendor> {
  const { host, port, world, control = createControl(), credentials = marketoCredentials } = options;
  const now = control.clock(options.now);
  const limits = { ...marketoLimits, ...options.limits };
  const identity = createIdentity(credentials, control, {
    lifetimeMs: options.tokenLifetimeMs ?? 3_600_000,
    fromQuery: options.queryToken ?? false,
    now,
  });
  const meter = createMeter(limits, now);
  const reader = createReader(world.db);
  const activities = createActivityLog(reader, credentials.apiUser, now);
  const webhook = createWebhook(options.webhook, activities);
  const exports = createExports(now, options.exports);
  const clones = createDailyCount(clonesPerDay, now);
  const { apiUser } = credentials;
  const { nativeCrm = false } = options;
  const desk: Desk = { world, reader, control, meter, apiUser, activities, exports, webhook, clones, nativeCrm, now };

  async function handle(request: VendorRequest): Promise<VendorReply> {
    const path = request.url.pathname.replace(/\/{2,}/g, '/');
    if (path === '/identity/oauth/token') {
      request.operation = 'token';
      return identity.token(request);
    }
    const found = findRoutes(path);
    request.operation = operationOf(found, request.method) ?? request.operation;
    const asset = path.startsWith('/rest/asset/');
    if (request.url.pathname.length + request.url.search.length > maxUri) return { status: 414, body: '' };
    if (Buffer.byteLength(request.body) > maxBody) return { status: 413, body: '' };
    try {
      identity.check(request);
      const exceeded = control.throttles();
      if (exceeded) throw limitExceeded(exceeded, limits);
      const answer = await meter.run(async () => {
        // A slow call holds its place among the running ones; the shell counts this wait as its own.
        if (control.faults.latencyMs > 0) await sleep(control.faults.latencyMs);
        return answerCall(found, request);
      });
      return succeed(answer, asset);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      meter.failed(error.code);
      return refuse(error.code, error.message, asset);
    }
  }

  function answerCall(found: Found | null, request: VendorRequest): Answer {
    if (!found) throw new Refusal('610', 'Requested resource not found');
    const { parameters, method } = readParameters(request);
    const route = found.byMethod.get(method);
    if (!route) throw new Refusal('605', `Request method '${method}' not supported`);
    request.operation = route.operation;
    return route.answer(desk, parameters, decodeURIComponent(found.id));
  }

  const running = await startVendor({ host, port, control, handle, crash: () => refuse('611', 'System error') });
  return {
    ...running,
    close: async () => {
      webhook.close();
      await running.close();
    },
  };
}

/** What a call is named before its body is read, which may change its method. */
function operationOf(found: Found | null, method: string): string | undefined {
  const route = found?.byMethod.get(method) ?? found?.byMethod.values().next().value;
  return route?.operation;
}
