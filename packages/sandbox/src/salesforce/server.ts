import type { Control } from '../vendor/control.ts';
import { createControl } from '../vendor/control.ts';
import type { RunningVendor, VendorReply, VendorRequest } from '../vendor/server.ts';
import { startVendor } from '../vendor/server.ts';
import type { World } from '../world/world.ts';
import { answerComposite } from './composite.ts';
import { createData, dailyLimit } from './data.ts';
import { errorReply, methodNotAllowed, notFound, SalesforceError } from './errors.ts';
import { organizationId } from './objects.ts';
import { createQueries } from './queries.ts';
import { createSessions, userId } from './sessions.ts';
import { createSoql } from './soql/run.ts';

export interface SalesforceOptions {
  host: string;
  port: number;
  world: World;
  control?: Control;
}

/** Starts the Salesforce sandbox: OAuth, REST data of one org and SOQL over the world's tables. */
export async function startSalesforce(options: SalesforceOptions): Promise<RunningVendor> {
  const { host, port, world, control = createControl() } = options;
  const sessions = createSessions(control);
  const run = createSoql(world);
  let calls = 0;
  const data = createData(run, createQueries(run, control), () => calls);

  function answerData(request: VendorRequest): VendorReply {
    const { url } = request;
    sessions.require(request);
    if (control.faults.throttle && control.strikes()) {
      throw new SalesforceError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    }
    calls += 1;
    const composite = /^(\/services\/data\/v\d+\.0)\/composite\/?$/.exec(url.pathname);
    if (!composite) {
      const queryOptions = String(request.headers['sforce-query-options'] ?? '');
      return data.answer({ method: request.method, url, queryOptions });
    }
    if (request.method !== 'POST') throw methodNotAllowed('POST');
    const body = answerComposite(request.body, (path) =>
      data.answer({ method: 'GET', url: new URL(path, url), queryOptions: undefined }),
    );
    return { status: 200, body };
  }

  function identity({ url }: VendorRequest): VendorReply {
    const { records } = run(`SELECT Name, Username, Email FROM User ORDER BY Id LIMIT 1`, '');
    const [user] = records;
    return {
      status: 200,
      body: {
        id: `${url.origin}/id/${organizationId}/${userId}`,
        user_id: userId,
        organization_id: organizationId,
        username: user?.Username,
        display_name: user?.Name,
        email: user?.Email,
        active: true,
        user_type: 'STANDARD',
      },
    };
  }

  function handle(request: VendorRequest): VendorReply {
    const { pathname } = request.url;
    if (pathname === '/services/oauth2/token' || pathname === '/services/oauth2/revoke') {
      const operation = pathname.endsWith('token') ? 'token' : 'revoke';
      request.operation = operation;
      if (request.method !== 'POST') throw methodNotAllowed('POST');
      return sessions[operation](request);
    }
    if (/^\/services\/data\/?$/.test(pathname)) {
      request.operation = 'versions';
      return data.versions();
    }
    if (pathname.startsWith('/id/') || pathname === '/services/oauth2/userinfo') {
      request.operation = 'identity';
      sessions.require(request);
      return identity(request);
    }
    if (!pathname.startsWith('/services/data/')) throw notFound();
    request.operation = /^\/services\/data\/v[\d.]+\/(\w+)/.exec(pathname)?.[1] ?? 'resources';
    const reply = attempt(() => answerData(request));
    return { ...reply, headers: { ...reply.headers, 'Sforce-Limit-Info': `api-usage=${calls}/${dailyLimit}` } };
  }

  return startVendor({ host, port, control, handle, crash: errorReply });
}

function attempt(work: () => VendorReply): VendorReply {
  try {
    return work();
  } catch (error) {
    return errorReply(error);
  }
}
