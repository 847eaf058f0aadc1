import type { Collection, Sandbox } from './netsuite-support.ts';
import { getToken, startSandbox, today } from './netsuite-support.ts';

let netsuite: Sandbox;
let token: string;
beforeAll(async () => {
  netsuite = await startSandbox();
  token = await getToken(netsuite.url);
});
afterAll(() => netsuite.close());

const rows = (sql: string, ...values: (string | number)[]) => netsuite.world.db.prepare(sql).all(...values);
const base = () => `${netsuite.url}/services/rest/record/v1`;
async function get(path: string) {
  const answer = await fetch(`${base()}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, type: answer.headers.get('content-type'), body: (await answer.json()) as Collection };
}
const search = async (type: string, q: string) => {
  const { body } = await get(`/${type}?q=${encodeURIComponent(q)}`);
  return body.items.map(({ id }) => Number(id));
};
const ids = (where: string) => rows(`SELECT id FROM ns_transaction WHERE ${where} ORDER BY id`).map(({ id }) => id);

test('a list holds ids and links only, and pages', async () => {
  const { body, type } = await get('/customer?limit=10&offset=10');

  const expected = rows('SELECT id FROM ns_customer ORDER BY id');
  expect(type).toMatch('application/vnd.oracle.resource+json; type=collection');
  expect(body).toMatchObject({ count: 10, hasMore: true, offset: 10, totalResults: expected.length });
  expect(body.items).toEqual(
    expected
      .slice(10, 20)
      .map(({ id }) => ({ links: [{ rel: 'self', href: `${base()}/customer/${id}` }], id: String(id) })),
  );
  expect(body.links.map(({ rel }) => rel)).toEqual(['next', 'last', 'first', 'prev', 'self']);
});

test('the query language filters invoices', async () => {
  const [customer] = rows(
    `SELECT customer_id AS id FROM ns_transaction WHERE type = 'CustInvc' AND unpaid > 0 LIMIT 1`,
  );
  const invoice = `type = 'CustInvc'`;

  expect(await search('invoice', `entity EQUAL ${customer?.id} AND amountRemaining GREATER 0`)).toEqual(
    ids(`${invoice} AND customer_id = ${customer?.id} AND unpaid > 0`),
  );
  expect(await search('invoice', `tranDate ON_OR_AFTER "2026-01-01" AND tranDate BEFORE "3/1/2026"`)).toEqual(
    ids(`${invoice} AND tran_date >= '2026-01-01' AND tran_date < '2026-03-01'`),
  );
  expect(
    await search('invoice', `entity ANY_OF [${customer?.id}, 4001] OR total LESS 1000 AND status IS "Open"`),
  ).toEqual(ids(`${invoice} AND (customer_id IN (${customer?.id}, 4001) OR (total < 100000 AND status = 'A'))`));
  expect(await search('invoice', `memo EMPTY AND status IS_NOT "Paid In Full"`)).toEqual(
    ids(`${invoice} AND status <> 'B'`),
  );
  expect(await search('invoice', `(total BETWEEN [100, 20000]) AND dueDate AFTER ${today}`)).toEqual(
    ids(`${invoice} AND total BETWEEN 10000 AND 2000000 AND due_date > '${today}'`),
  );
});

test('text is matched as text, whatever it holds', async () => {
  expect(await search('customer', 'companyName CONTAIN "%"')).toEqual([]);
  expect(await search('customer', `companyName IS "' OR 1=1 --"`)).toEqual([]);
  expect(await search('customer', 'entityId START_WITH "CUST" AND isInactive IS false')).toHaveLength(
    rows('SELECT id FROM ns_customer').length,
  );
});

test.each(['colour IS "red"', 'entity CONTAIN 4', 'total GREATER', 'total GREATER x', '(total LESS 1', 'AND'])(
  'the query %s is refused',
  async (q) => {
    const { status, body } = await get(`/invoice?q=${encodeURIComponent(q)}`);

    expect(status).toBe(400);
    expect(body).toMatchObject({
      'o:errorDetails': [{ 'o:errorQueryParam': 'q', 'o:errorCode': 'INVALID_PARAMETER' }],
    });
  },
);

test('a customer reads by id, by external id, and by chosen fields', async () => {
  const [row] = rows(
    `SELECT c.*, m.name AS term FROM ns_customer c JOIN ns_term m ON m.id = c.term_id WHERE credit_limit IS NOT NULL AND external_id IS NOT NULL LIMIT 1`,
  );
  const byId = await get(`/customer/${row?.id}`);
  const byExternalId = await get(`/customer/eid:${row?.external_id}`);
  const some = await get(`/customer/${row?.id}?fields=companyName,creditLimit,terms`);

  expect(byExternalId.body).toEqual(byId.body);
  expect(byId.body).toMatchObject({ isInactive: false, currency: { id: String(row?.currency_id) } });
  expect(some.body).toEqual({
    links: [{ rel: 'self', href: `${base()}/customer/${row?.id}` }],
    id: String(row?.id),
    companyName: row?.company_name,
    creditLimit: Number(row?.credit_limit) / 100,
    terms: { links: expect.any(Array), id: String(row?.term_id), refName: row?.term },
  });
});

test('invoices and sales orders show their own fields', async () => {
  const [invoice] = rows(`SELECT * FROM ns_transaction WHERE type = 'CustInvc' AND status = 'A' LIMIT 1`);
  const [order] = rows(`SELECT * FROM ns_transaction WHERE type = 'SalesOrd' AND recur_annually > 0 LIMIT 1`);
  const read = await get(`/invoice/${invoice?.id}`);
  const ordered = await get(`/salesOrder/${order?.id}`);

  expect(read.body).toMatchObject({
    tranId: invoice?.tran_id,
    total: Number(invoice?.total) / 100,
    amountRemaining: Number(invoice?.unpaid) / 100,
    status: { id: 'Open', refName: 'Open' },
    dueDate: invoice?.due_date,
  });
  expect(ordered.body).toMatchObject({
    recurAnnually: Number(order?.recur_annually) / 100,
    orderStatus: { id: order?.status },
  });
});

test.each(['/customer/1', '/customer/eid:nothing', '/unicorn/1', '/unicorn', '/customer/%E0%A4'])(
  '%s does not exist',
  async (path) => {
    const { status, body } = await get(path);

    expect(status).toBe(404);
    expect(body).toMatchObject({ title: 'Not Found', 'o:errorDetails': [{ 'o:errorCode': 'NONEXISTENT_ID' }] });
  },
);
