import { setTimeout as sleep } from 'node:timers/promises';
import { type Control, createControl } from '../vendor/control.ts';
import { type RunningVendor, startVendor, type VendorReply, type VendorRequest } from '../vendor/server.ts';
import type { World } from '../world/world.ts';
import { activityRoutes } from './activities.ts';
import { Refusal, refuse, succeed } from './answers.ts';
import { type MarketoCredentials, marketoCredentials } from './credentials.ts';
import { createIdentity } from './identity.ts';
import { leadRoutes } from './leads.ts';
import { createMeter, type Limits, marketoLimits, rateExceeded } from './limits.ts';
import { memberRoutes } from './members.ts';
import { opportunityRoutes } from './opportunities.ts';
import { readParameters } from './parameters.ts';
import { programRoutes } from './programs.ts';
import { createFinder, type Desk } from './routes.ts';
import { createReader } from './rows.ts';
import { usageRoutes } from './usage.ts';

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
}

const find = createFinder([
  ...leadRoutes,
  ...activityRoutes,
  ...programRoutes,
  ...memberRoutes,
  ...opportunityRoutes,
  ...usageRoutes,
]);

const maxUri = 8192;

/** Starts a Marketo instance that reads one world: identity, people database and assets. */
export function startMarketo(options: MarketoOptions): Promise<RunningVendor> {
  const { host, port, world, control = createControl(), credentials = marketoCredentials } = options;
  const limits = { ...marketoLimits, ...options.limits };
  const identity = createIdentity(credentials, control, options.tokenLifetimeMs ?? 3_600_000);
  const meter = createMeter(limits);
  const desk: Desk = { world, reader: createReader(world.db), control, meter, apiUser: credentials.apiUser };

  async function handle(request: VendorRequest): Promise<VendorReply> {
    const path = request.url.pathname.replace(/\/{2,}/g, '/');
    if (path === '/identity/oauth/token') {
      request.operation = 'token';
      return identity.token(request);
    }
    const found = find(path);
    if (found) request.operation = found.route.operation;
    const asset = path.startsWith('/rest/asset/');
    if (request.url.href.length > maxUri) return { status: 414, body: '' };
    try {
      identity.check(request);
      if (control.faults.throttle && control.strikes()) throw rateExceeded(limits);
      const answer = await meter.run(async () => {
        // A slow call holds its place among the running ones; the shell counts this wait as its own.
        if (control.faults.latencyMs > 0) await sleep(control.faults.latencyMs);
        if (!found) throw new Refusal('610', 'Requested resource not found');
        const { parameters, method } = readParameters(request);
        if (method === 'POST') throw new Refusal('603', 'Access denied');
        if (method !== 'GET') throw new Refusal('605', `HTTP Method '${method}' not supported`);
        return found.route.answer(desk, parameters, decodeURIComponent(found.id));
      });
      return succeed(answer, asset);
    } catch (error) {
      if (error instanceof Refusal) return refuse(error.code, error.message, asset);
      throw error;
    }
  }

  return startVendor({ host, port, control, handle, crash: () => refuse('611', 'System error') });
}
