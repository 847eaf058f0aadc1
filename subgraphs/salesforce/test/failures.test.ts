import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Row } from './support.ts';
import { startRoom, startService } from './support.ts';

const rail = '{ customer(id: "001Hs0000000001IAA") { accountId name openTickets { number } } }';
const small = { size: 20, env: { SALESFORCE_TIMEOUT_MS: '300' } };

const codes = ({ errors = [] }: Answer<unknown>) => errors.map(({ extensions }) => extensions.code);

test('50 parallel calls with an expired token share one refresh', async () => {
  await using room = await startRoom({ size: 20 });
  await room.ask(rail);
  room.control.setFaults({ expireTokens: true });
  room.control.clearCalls();
  const answers = await Promise.all(Array.from({ length: 50 }, () => room.ask<{ customer: Row }>(rail)));

  expect(answers.every(({ data, errors }) => !errors && typeof data.customer.name === 'string')).toBe(true);
  expect(room.operations().filter((operation) => operation === 'token')).toHaveLength(1);
});

test('a token that expires again and again is renewed each time', async () => {
  await using room = await startRoom({ size: 20 });
  for (let round = 0; round < 3; round += 1) {
    room.control.setFaults({ expireTokens: true });
    expect((await room.ask(rail)).errors).toBeUndefined();
  }
});

test('a wrong secret is said plainly and not asked again for half a minute', async () => {
  await using room = await startRoom({ size: 20, env: { SALESFORCE_CLIENT_SECRET: 'wrong' } });
  const answers = [await room.ask<{ customer: Row }>(rail), await room.ask<{ customer: Row }>(rail)];

  for (const answer of answers) {
    expect(answer.data.customer).toEqual({ accountId: '001Hs0000000001IAA', name: null, openTickets: null });
    expect(codes(answer)).toEqual(['UPSTREAM_CREDENTIALS', 'UPSTREAM_CREDENTIALS']);
    expect(JSON.stringify(answer)).not.toContain('wrong');
  }
  expect(room.operations()).toEqual(['token']);
});

test('a throttled org is left alone for a while, then asked again', async () => {
  await using room = await startRoom({ size: 20 });
  room.control.setFaults({ throttle: true });
  room.control.clearCalls();
  const answers = await Promise.all(Array.from({ length: 20 }, () => room.ask(rail)));
  await room.ask(rail);

  expect(new Set(answers.flatMap(codes))).toEqual(new Set(['UPSTREAM_BUSY']));
  expect(room.operations().length).toBeLessThanOrEqual(8);
  room.control.heal();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect((await room.ask(rail)).errors).toBeUndefined();
});

test.each([
  ['malformed', 'UPSTREAM_MALFORMED', 1],
  ['503', 'UPSTREAM_UNAVAILABLE', 2],
  ['refuse', 'UPSTREAM_UNAVAILABLE', 2],
  ['hang', 'UPSTREAM_TIMEOUT', 1],
  ['drip', 'UPSTREAM_TIMEOUT', 1],
])(
  'an outage by %s blanks the fields, one error each, in bounded time, %s after %i calls',
  async (outage, code, calls) => {
    await using room = await startRoom(small);
    await room.ask(rail);
    room.control.setFaults({ outage });
    room.control.clearCalls();
    const started = performance.now();
    const answer = await room.ask<{ customer: Row }>(rail);

    expect(performance.now() - started).toBeLessThan(900);
    expect(answer.data.customer).toEqual({ accountId: '001Hs0000000001IAA', name: null, openTickets: null });
    expect(codes(answer)).toEqual([code, code]);
    expect(answer.errors?.every(({ message }) => message.includes('Salesforce'))).toBe(true);
    if (outage !== 'drip') expect(room.control.calls).toHaveLength(calls);
    room.control.heal();
    expect((await room.ask(rail)).errors).toBeUndefined();
  },
);

test('a dead Salesforce blanks lists and the dashboard, not the answer', async () => {
  await using room = await startRoom(small);
  room.control.setFaults({ outage: '503' });
  const answer = await room.ask(
    '{ getActivePipeline { name } opportunities { id } customers { totalCount } getDashboardMetrics { pipeline { stage } } }',
  );

  expect(answer.data).toEqual({
    getActivePipeline: null,
    opportunities: null,
    customers: null,
    getDashboardMetrics: { pipeline: null },
  });
  expect(codes(answer)).toEqual(Array(4).fill('UPSTREAM_UNAVAILABLE'));
});

test('half of the calls cut: each call fails or is right', async () => {
  await using room = await startRoom(small);
  room.control.setFaults({ outage: 'malformed', share: 0.5 });
  const answers: Answer<{ customer: Row }>[] = [];
  for (let round = 0; round < 20; round += 1) answers.push(await room.ask<{ customer: Row }>(rail));
  const [row] = room.sql("SELECT name FROM sf_account WHERE id = '001Hs0000000001IAA'");

  expect(answers.some(({ errors }) => errors)).toBe(true);
  for (const { data, errors } of answers) expect(data.customer.name).toBe(errors ? null : row?.name);
});

interface Reply {
  status: number;
  body: unknown;
}

/** An org that answers as told, for what the sandbox does not do. */
async function startFake(answer: (path: string, body: string, token: string) => Reply) {
  const calls: { path: string; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const path = request.url ?? '';
    calls.push({ path, body });
    const reply = answer(path, body, (request.headers.authorization ?? '').replace('Bearer ', ''));
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const expired = { status: 401, body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }] };
const name = '{ customer(id: "001Hs0000000001IAA") { name } }';
const page = (records: object[], more: object = {}) => ({
  status: 200,
  body: { totalSize: records.length, done: true, records, ...more },
});

test('an org that refuses every token is asked for two, not for hundreds', async () => {
  await using org = await startFake((path) =>
    path.endsWith('/token')
      ? { status: 200, body: { access_token: `t${org.calls.length}`, instance_url: org.url } }
      : expired,
  );
  const service = await startService(org.url);
  const answers = [];
  for (let question = 0; question < 5; question += 1) answers.push(await service.ask(name));
  await service.close();

  expect(answers.map(codes)).toEqual(Array(5).fill(['UPSTREAM_CREDENTIALS']));
  expect(org.calls.map(({ path }) => path.endsWith('/token'))).toEqual([true, false, true, false]);
});

test('a rotated refresh token and a moved instance are kept', async () => {
  let tokens = 0;
  let live = '';
  await using moved = await startFake((_path, _body, token) =>
    token === live ? page([{ Id: '001Hs0000000001IAA', Name: 'Moved' }]) : expired,
  );
  await using org = await startFake((path) => {
    if (!path.endsWith('/token')) return page([{ Id: '001Hs0000000001IAA', Name: 'Old' }]);
    tokens += 1;
    live = `token${tokens}`;
    return {
      status: 200,
      body: { access_token: live, instance_url: tokens === 1 ? org.url : moved.url, refresh_token: `rotated${tokens}` },
    };
  });
  const service = await startService(org.url);
  expect(await service.ask(name)).toEqual({ data: { customer: { name: 'Old' } } });
  await service.close();

  const second = await startService(org.url);
  expect(await second.ask(name)).toEqual({ data: { customer: { name: 'Moved' } } });
  live = 'another';
  await second.ask(name);
  await second.close();
  const used = org.calls.map(({ body }) => new URLSearchParams(body).get('refresh_token')).filter(Boolean);

  expect(used.at(-1)).toBe('rotated2');
});

test('a link out of the org is not followed with our token', async () => {
  await using org = await startFake((path) =>
    path.endsWith('/token')
      ? { status: 200, body: { access_token: 'live', instance_url: org.url } }
      : page([{ Id: '001Hs0000000001IAA', Name: 'x' }], {
          done: false,
          nextRecordsUrl: 'http://elsewhere.invalid/next',
        }),
  );
  const service = await startService(org.url);
  const answer = await service.ask(name);
  await service.close();

  expect(codes(answer)).toEqual(['UPSTREAM_MALFORMED']);
});

test('proxy variables of the environment are ignored', async () => {
  process.env.http_proxy = 'http://127.0.0.1:9';
  await using room = await startRoom({ size: 20 });
  const answer = await room.ask(name);
  delete process.env.http_proxy;

  expect(answer.errors).toBeUndefined();
});

test('other refusals are rejections', async () => {
  await using org = await startFake((path) =>
    path.endsWith('/token')
      ? { status: 200, body: { access_token: 'live', instance_url: org.url } }
      : { status: 400, body: [{ errorCode: 'INVALID_FIELD', message: 'No such column' }] },
  );
  const service = await startService(org.url);
  const answer = await service.ask(name);
  await service.close();

  expect(codes(answer)).toEqual(['UPSTREAM_REJECTED']);
  expect(JSON.stringify(answer)).not.toContain('No such');
});

describe('a refusal inside a composite answer', () => {
  const both = '{ customer(id: "001Hs0000000001IAA") { name openTickets { number } } }';
  const account = { Id: '001Hs0000000001IAA', Name: 'Inside', Cases: null };
  const inside = (httpStatusCode: number, errorCode: string) => ({
    httpStatusCode,
    body: [{ errorCode, message: 'vendor text' }],
  });

  /** An org whose composite answers hold a good first part and what `second` tells for the other. */
  async function startOrg(second: (token: string) => { httpStatusCode: number; body: unknown }) {
    const org = await startFake((path, _body, token) => {
      const tokens = org.calls.filter((each) => each.path.endsWith('/token')).length;
      if (path.endsWith('/token')) {
        return { status: 200, body: { access_token: `token${tokens}`, instance_url: org.url } };
      }
      const first = { httpStatusCode: 200, body: page([account]).body };
      const compositeResponse = [first, second(token)].map((each, index) => ({
        ...each,
        referenceId: `query${index}`,
      }));
      return { status: 200, body: { compositeResponse } };
    });
    return org;
  }
  const paths = ({ calls }: { calls: { path: string }[] }) => calls.map(({ path }) => path.split('/').at(-1));

  test('of the session renews it, once for the call', async () => {
    await using org = await startOrg((token) =>
      token === 'token1'
        ? inside(401, 'INVALID_SESSION_ID')
        : { httpStatusCode: 200, body: page([{ ...account, Cases: null }]).body },
    );
    const service = await startService(org.url);
    const answer = await service.ask(both);
    await service.close();

    expect(answer).toEqual({ data: { customer: { name: 'Inside', openTickets: [] } } });
    expect(paths(org)).toEqual(['token', 'composite', 'token', 'composite']);
  });

  test('of every session is told as refused credentials', async () => {
    await using org = await startOrg(() => inside(401, 'INVALID_SESSION_ID'));
    const service = await startService(org.url);
    const answers = [await service.ask(both), await service.ask(both)];
    await service.close();

    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['UPSTREAM_CREDENTIALS']));
    expect(paths(org)).toEqual(['token', 'composite', 'token', 'composite']);
  });

  test('for too many calls leaves the org alone', async () => {
    await using org = await startOrg(() => inside(403, 'REQUEST_LIMIT_EXCEEDED'));
    const service = await startService(org.url);
    const answers = [await service.ask(both), await service.ask(both), await service.ask(name)];
    await service.close();

    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['UPSTREAM_BUSY']));
    expect(paths(org)).toEqual(['token', 'composite']);
  });

  test('of one query is that query’s own', async () => {
    await using org = await startOrg(() => inside(400, 'INVALID_FIELD'));
    const service = await startService(org.url);
    const answer = await service.ask<{ customer: Row }>(both);
    await service.close();

    expect(answer.data.customer).toEqual({ name: 'Inside', openTickets: null });
    expect(codes(answer)).toEqual(['UPSTREAM_REJECTED']);
  });
});

test('children that come in pages are all read', async () => {
  const deal = (number: number) => ({
    Id: `006Hs000000000${number}IAA`,
    Name: `Deal ${number}`,
    StageName: 'Prospecting',
    CloseDate: '2026-12-01',
    IsClosed: false,
  });
  const next = '/services/data/v57.0/query/01gHs0000000001IAA-2';
  await using org = await startFake((path, body) => {
    if (path.endsWith('/token')) return { status: 200, body: { access_token: 'live', instance_url: org.url } };
    if (path === next) return page([deal(3)]);
    const { compositeRequest } = JSON.parse(body) as { compositeRequest: { url: string; referenceId: string }[] };
    const compositeResponse = compositeRequest.map(({ url, referenceId }) => {
      const children = { totalSize: 3, done: false, nextRecordsUrl: next, records: [deal(1), deal(2)] };
      const account = { Id: '001Hs0000000001IAA', Name: 'Paged', Opportunities: children };
      return { referenceId, httpStatusCode: url.includes('SELECT') ? 200 : 400, body: page([account]).body };
    });
    return { status: 200, body: { compositeResponse: compositeResponse.reverse() } };
  });
  const service = await startService(org.url);
  const answer = await service.ask('{ customer(id: "001Hs0000000001IAA") { name opportunities { name } } }');
  await service.close();

  expect(answer).toEqual({
    data: { customer: { name: 'Paged', opportunities: [{ name: 'Deal 1' }, { name: 'Deal 2' }, { name: 'Deal 3' }] } },
  });
});
