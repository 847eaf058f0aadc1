import { setTimeout as sleep } from 'node:timers/promises';
import { type Control, createControl } from '../vendor/control.ts';
import type { VendorReply } from '../vendor/reply.ts';
import type { VendorRequest } from '../vendor/request.ts';
import type { RunningVendor } from '../vendor/server.ts';
import { startVendor } from '../vendor/server.ts';
import type { World } from '../world/world.ts';
import { createActivityLog } from './activities/log.ts';
import { type Answer, Refusal, refuse, succeed } from './answers.ts';
import { createExports, type ExportOptions } from './bulk/exports.ts';
import { createTriggers } from './campaigns/triggers.ts';
import { createWebhook, type WebhookTarget } from './campaigns/webhook.ts';
import { createChange } from './change/change.ts';
import { writeMapped } from './change/mapped.ts';
import { type MarketoCredentials, marketoCredentials } from './credentials.ts';
import { createFolders } from './folders/store.ts';
import { createIdentity } from './identity.ts';
import { createOverlap, notOverlapping } from './leads/overlap.ts';
import { createDailyCount, createMeter, type Limits, limitExceeded, marketoLimits } from './limits.ts';
import { createPageTokens } from './page-tokens.ts';
import { readParameters } from './parameters.ts';
import { findRoutes } from './route-table.ts';
import type { Desk, Found } from './routes.ts';
import { createReader } from './rows.ts';
import { marketoTimeouts, type Timeouts, waitOf } from './timeouts.ts';

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
  /** How long a call may take before it is 604. @default marketoTimeouts */
  timeouts?: Partial<Timeouts>;
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
  /** Be an instance whose activities have been moved to the new log, and have no `id`. @default false */
  guidOnly?: boolean;
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
  const timeouts = { ...marketoTimeouts, ...options.timeouts };
  const identity = createIdentity(credentials, control, {
    lifetimeMs: options.tokenLifetimeMs ?? 3_600_000,
    fromQuery: options.queryToken ?? false,
    now,
  });
  const meter = createMeter(limits, now);
  const reader = createReader(world.db);
  const { apiUser } = credentials;
  const onWrite = createTriggers(reader, () => webhook);
  const activities = createActivityLog(reader, { author: { user: apiUser, isApi: true }, now, onWrite });
  const quiet = createActivityLog(reader, { author: { user: 'webhook', isApi: false }, now });
  const webhook = createWebhook({
    target: options.webhook,
    reader,
    activities,
    deliver: control.deliver,
    map: (leadId, values) => writeMapped({ ...desk, activities: quiet }, leadId, values),
  });
  const exports = createExports(now, options.exports);
  const clones = createDailyCount(clonesPerDay, now);
  const { nativeCrm = false, guidOnly = false } = options;
  const desk: Desk = {
    world,
    reader,
    control,
    meter,
    apiUser,
    activities,
    exports,
    webhook,
    folders: createFolders(now),
    clones,
    nativeCrm,
    guidOnly,
    overlap: notOverlapping,
    now,
  };
  const overlap = createOverlap();
  const tokens = createPageTokens();

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
    const call = overlap.begin();
    try {
      identity.check(request);
      const exceeded = control.throttles();
      if (exceeded) throw limitExceeded(exceeded, limits);
      const answer = await meter.run(async () => {
        // A slow call holds its place among the running ones; the shell counts this wait as its own.
        const wait = waitOf(request.operation, control.faults.latencyMs, timeouts);
        const work = () => answerCall({ ...desk, overlap: call }, found, request);
        // What is written shows when the call ends; what is read may be worked out while it waits.
        const began = performance.now();
        const read = request.method === 'GET' ? work() : undefined;
        const left = wait.ms - (performance.now() - began);
        if (left > 0) await sleep(left);
        wait.end();
        return read ?? work();
      });
      return path.startsWith('/bulk/') ? neverCompressed(succeed(answer, asset)) : succeed(answer, asset);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      meter.failed(error.code);
      return refuse(error.code, error.message, asset);
    } finally {
      call.end();
    }
  }

  function answerCall(desk: Desk, found: Found | null, request: VendorRequest): Answer {
    if (!found) throw new Refusal('610', 'Requested resource not found');
    const { parameters: given, method } = readParameters(request);
    const parameters = tokens.open(given);
    const route = found.byMethod.get(method);
    if (!route) throw new Refusal('605', `Request method '${method}' not supported`);
    request.operation = route.operation;
    const answer = () => route.answer(desk, parameters, decodeId(found.id));
    return tokens.seal(method === 'GET' ? answer() : reader.atomically(answer));
  }

  const change = createChange(desk, onWrite, tokens);
  const running = await startVendor({
    host,
    port,
    control,
    handle,
    crash,
    change,
    webhook: webhook.control,
    compress: true,
  });
  return {
    ...running,
    close: async () => {
      webhook.close();
      await running.close();
    },
  };
}

function decodeId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal('610', 'Requested resource not found');
  }
}

/** Bulk files and what is said about them come as they are, whatever the client takes. */
function neverCompressed(reply: VendorReply): VendorReply {
  return { ...reply, headers: { ...reply.headers, 'content-encoding': 'identity' } };
}

/** A change from outside may be refused as well, and there HTTP says so. */
function crash(error: unknown): VendorReply {
  if (!(error instanceof Refusal)) return refuse('611', 'System error');
  return { status: 400, body: `${error.code}: ${error.message}` };
}

/** What a call is named before its body is read, which may change its method. */
function operationOf(found: Found | null, method: string): string | undefined {
  const route = found?.byMethod.get(method) ?? found?.byMethod.values().next().value;
  return route?.operation;
}
