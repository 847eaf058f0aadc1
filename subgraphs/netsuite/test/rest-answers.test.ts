import { restAnswered } from './fake-vendor.ts';

const page = (items: unknown[], more: object = {}) =>
  JSON.stringify({
    links: [],
    count: items.length,
    hasMore: false,
    items,
    offset: 0,
    totalResults: items.length,
    ...more,
  });
const amounts = { balancesearch: '0', overduebalancesearch: '0', lifetimevalue: '0' };
const customer = { id: '1', externalid: 'A', candidates: '1', companyname: 'Acme', symbol: 'USD', ...amounts };
const error = (status: number, code: string) => ({
  status,
  text: JSON.stringify({
    title: 'Error',
    status,
    'o:errorDetails': [{ detail: 'secret detail', 'o:errorCode': code }],
  }),
});

test.each([
  ['nothing', {}, 'malformed'],
  ['a page of HTML', { text: '<html>Sign in</html>' }, 'malformed'],
  ['JSON of another shape', { text: '{"value":[]}' }, 'malformed'],
  ['a row without its id', { text: page([{ ...customer, id: undefined }]) }, 'malformed'],
  ['an amount that is none', { text: page([{ ...customer, balancesearch: 'n/a' }]) }, 'malformed'],
  ['a redirect', { status: 302 }, 'malformed'],
  ['a refused query', error(400, 'INVALID_PARAMETER'), 'rejected'],
  ['a missing service', error(404, 'INVALID_URL'), 'rejected'],
  ['a login refused twice', error(401, 'INVALID_LOGIN'), 'credentials'],
  ['a role without the right', error(403, 'INSUFFICIENT_PERMISSION'), 'credentials'],
  ['too many calls', error(429, 'CONCURRENCY_LIMIT_EXCEEDED'), 'busy'],
  ['an internal error', error(500, 'UNEXPECTED_ERROR'), 'unavailable'],
  ['a gateway’s page', { status: 503, text: '<html></html>' }, 'unavailable'],
])('%s', async (_, answer, fault) => {
  const failure = restAnswered(() => answer).customers(['A']);
  await expect(failure).rejects.toMatchObject({ name: 'UpstreamError', system: 'NETSUITE', fault });
  await expect(failure).rejects.not.toThrow(/secret|netsuite\.test|SELECT/);
});

test('rows that come twice count once, and an answer that lacks rows is malformed', async () => {
  const other = { ...customer, id: '2' };
  const answered = (...items: object[]) =>
    restAnswered(() => ({ text: page(items, { totalResults: 2 }) })).customers(['A']);

  expect(await answered(customer, other, customer)).toHaveLength(2);
  await expect(answered(customer)).rejects.toMatchObject({ fault: 'malformed' });
  await expect(answered(customer, customer)).rejects.toMatchObject({ fault: 'malformed' });
});

test('sums of the same rate in two currencies are both kept', async () => {
  const sum = { exchangerate: '1', weekly: '0', monthly: '10', quarterly: '0', annually: '0' };
  const items = [
    { ...sum, currency: '1' },
    { ...sum, currency: '2' },
    { ...sum, currency: '1' },
  ];
  const source = restAnswered(() => ({ text: page(items, { totalResults: 2 }) }));
  expect(await source.recurring('2026-11-20')).toHaveLength(2);
});

test('a document row that lost its type is malformed, not a customer without documents', async () => {
  const owner = { customer: '1', externalid: 'A' };
  const wanted = { invoices: 'all', orders: false } as const;
  const answered = (item: object) => restAnswered(() => ({ text: page([item]) })).documents(['A'], wanted);

  expect(await answered(owner)).toEqual([{ accountId: 'A', candidates: 1, documents: [] }]);
  await expect(answered({ ...owner, id: '5' })).rejects.toMatchObject({ fault: 'malformed' });
});

test('a refused token is renewed once, and the query sent again', async () => {
  const tokens: (string | undefined)[] = [];
  const source = restAnswered(({ headers }) => {
    tokens.push(headers?.authorization);
    return headers?.authorization === 'Bearer token' ? { status: 401 } : { text: page([customer]) };
  });
  expect(await source.customers(['A'])).toMatchObject([{ internalId: '1', companyName: 'Acme', openBalance: '0' }]);
  expect(tokens).toEqual(['Bearer token', 'Bearer renewed']);
});

test('a NetSuite that takes no token is asked twice, then left alone', async () => {
  let asked = 0;
  const source = restAnswered(() => {
    asked += 1;
    return { status: 401 };
  });
  for (let question = 0; question < 5; question += 1) {
    await expect(source.customers(['A'])).rejects.toMatchObject({ fault: 'credentials' });
  }
  expect(asked).toBe(2);
});

test('all pages are read, and lists longer than the vendor’s limit are cut', async () => {
  const asked: { offset: number; ids: number }[] = [];
  const source = restAnswered(({ url, body = '' }) => {
    const offset = Number(new URL(url).searchParams.get('offset'));
    const { params } = JSON.parse(body) as { params: string[] };
    asked.push({ offset, ids: params.length });
    const rows = params.length === 1000 ? 2500 : 1;
    const items = Array.from({ length: Math.min(1000, rows - offset) }, (_, index) => ({
      ...customer,
      id: `${params.length}${offset + index}`,
    }));
    return { text: page(items, { hasMore: offset + 1000 < rows, totalResults: rows }) };
  });
  const ids = Array.from({ length: 1001 }, (_, index) => String(index));
  expect(await source.customers(ids)).toHaveLength(2501);
  expect(asked.sort((a, b) => b.ids - a.ids || a.offset - b.offset)).toEqual([
    { offset: 0, ids: 1000 },
    { offset: 1000, ids: 1000 },
    { offset: 2000, ids: 1000 },
    { offset: 0, ids: 1 },
  ]);
});
