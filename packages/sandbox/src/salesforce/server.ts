import { createControl } from '../vendor/control.ts';
import type { VendorReply } from '../vendor/reply.ts';
import type { VendorRequest } from '../vendor/request.ts';
import type { RunningVendor } from '../vendor/server.ts';
import { startVendor } from '../vendor/server.ts';
import { salesforceCredentials } from './credentials.ts';
import { errorReply, methodNotAllowed, notFound, SalesforceError } from './errors.ts';
import { listLimits } from './limits.ts';
import { createCodes } from './oauth/codes.ts';
import { answerRevoke, answerToken } from './oauth/grants.ts';
import { describeIdentity, describeUserInfo } from './oauth/identity.ts';
import { createSessions, tokenOf } from './oauth/sessions.ts';
import type { SalesforceOptions } from './options.ts';
import type { Make } from './push/change-control.ts';
import { makeChange } from './push/change-control.ts';
import { createCometd } from './push/cometd.ts';
import { createOutbound } from './push/outbound.ts';
import { createPush } from './push/push.ts';
import { createLocks } from './records/locks.ts';
import type { Change } from './records/store.ts';
import { createStore } from './records/store.ts';
import { createConcurrency } from './rest/concurrency.ts';
import { createData } from './rest/data.ts';
import { judgeLength } from './rest/length.ts';
import { createPartial } from './rest/partial.ts';
import { createQueries } from './rest/queries.ts';
import { attempt, parseBody } from './rest/request.ts';
import { createUsage } from './rest/usage.ts';
import { listVersions } from './rest/versions.ts';
import { createCalendar, createWorldClock } from './soql/calendar.ts';
import { createSoql } from './soql/run.ts';

export type { SalesforceOptions } from './options.ts';

/** Starts the Salesforce sandbox: OAuth and REST data of one org over the world's tables. */
export async function startSalesforce(options: SalesforceOptions): Promise<RunningVendor> {
  const { host, port, world, control = createControl(), rotateRefreshTokens = false, dailyRequests } = options;
  const { publishAfterMs = 400, maxChanges = 100_000, holdMs, maxClients = 2000, now } = options;
  const { timeZone = 'America/Los_Angeles', shortPages = 0.25 } = options;
  const clock = control.clock(now);
  const today = control.clock(now ?? createWorldClock(world.today));
  const sessions = createSessions({
    control,
    firstRefreshToken: salesforceCredentials.refreshToken,
    rotation: rotateRefreshTokens,
    idleMs: options.idleMs,
    hourlyLogins: options.hourlyLogins,
    now: clock,
  });
  const codes = createCodes(clock);
  const usage = createUsage(dailyRequests, clock);
  const delivered = createUsage(options.dailyEvents ?? 50_000, clock);
  const concurrency = createConcurrency({ longMs: options.longMs, limit: options.longRequests });
  const calendar = createCalendar({ timeZone, now: today });
  const run = createSoql(world, calendar);
  const push = createPush({ world, run, now: clock, delayMs: publishAfterMs, maxChanges });
  const locks = createLocks(clock);
  const outbound = createOutbound(control, clock);
  let origin = '';
  let address = '';
  const publish = (changes: Change[]) => {
    push.changed(changes, origin);
    setTimeout(() => outbound.changed(changes, address), publishAfterMs).unref();
  };
  const store = createStore({ world, locks, now: clock, publish });
  const { bus, hasChannel } = push;
  const cometd = createCometd({ bus, sessions, control, hasChannel, holdMs, delivered, maxClients });
  const data = createData({
    db: world.db,
    store,
    run,
    queries: createQueries({ run, control, shortPages, now: clock }),
    usage,
    partial: createPartial(control.failsPartly),
    limits: () => listLimits({ calls: usage, delivered, maxClients, clients: cometd.clients }),
    publishEvent: push.event,
    tellChannel: push.tell,
  });

  function answerData(request: VendorRequest): VendorReply {
    const { method, url, headers, body } = request;
    if (!sessions.isLive(tokenOf(request))) {
      throw new SalesforceError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    }
    const exceeded = control.throttles() ?? (usage.used() >= usage.limit ? 'day' : null);
    if (exceeded) {
      const limit = exceeded === 'parallel' ? 'ConcurrentPerOrgLongTxn' : 'TotalRequests';
      throw new SalesforceError(403, 'REQUEST_LIMIT_EXCEEDED', `${limit} Limit exceeded.`);
    }
    concurrency.enter(request.onClose);
    usage.count(1);
    origin = originOf(request);
    return data({ method, url, headers, body: parseBody(body) });
  }

  async function handle(request: VendorRequest): Promise<VendorReply> {
    const { pathname, origin } = request.url;
    const tooLong = judgeLength(request);
    if (tooLong) return tooLong;
    if (pathname === '/services/oauth2/token') {
      request.operation = 'token';
      if (request.method !== 'POST') throw methodNotAllowed('POST');
      return answerToken(sessions, codes, control, request);
    }
    if (pathname === '/services/oauth2/authorize') {
      request.operation = 'authorize';
      return codes.authorize(request.url);
    }
    if (pathname === '/services/oauth2/revoke') {
      request.operation = 'revoke';
      return answerRevoke(sessions, request);
    }
    if (/^\/services\/data\/?$/.test(pathname)) {
      request.operation = 'versions';
      return listVersions();
    }
    if (pathname.startsWith('/id/') || pathname === '/services/oauth2/userinfo') {
      request.operation = 'identity';
      if (!sessions.isLive(tokenOf(request))) return { status: 403, headers: text, body: 'Bad_OAuth_Token' };
      const describe = pathname.startsWith('/id/') ? describeIdentity : describeUserInfo;
      return { status: 200, body: describe(world.db, origin, calendar.zone) };
    }
    if (/^\/cometd\/\d/.test(pathname)) return cometd.answer(request);
    if (!pathname.startsWith('/services/data/')) throw notFound();
    request.operation = /^\/services\/data\/v[\d.]+\/(\w+)/.exec(pathname)?.[1] ?? 'resources';
    const reply = attempt(() => answerData(request));
    const info = `api-usage=${usage.used()}/${usage.limit}`;
    return { ...reply, headers: { ...reply.headers, 'Sforce-Limit-Info': info } };
  }

  const as: Make = (client, work) => {
    origin = describeOrigin('57.0', client);
    return work();
  };
  const change = (body: unknown) => makeChange(body, { store, push, locks, as });

  const vendor = await startVendor({
    host,
    port,
    control,
    handle,
    change,
    webhook: outbound,
    crash: errorReply,
    compress: true,
  });
  address = vendor.url;
  return {
    ...vendor,
    close() {
      outbound.close();
      return vendor.close();
    },
  };
}

const describeOrigin = (version: string, client: string | undefined) =>
  `com/salesforce/api/rest/${version}${client ? `;client=${client}` : ''}`;

/** Who wrote, as change events repeat it: a client may name itself in `Sforce-Call-Options`. */
function originOf({ url, headers }: VendorRequest): string {
  const version = /\/v(\d+\.\d)/.exec(url.pathname)?.[1] ?? '57.0';
  return describeOrigin(version, /client=([^,;\s]+)/.exec(String(headers['sforce-call-options'] ?? ''))?.[1]);
}

const text = { 'content-type': 'text/html; charset=UTF-8' };
