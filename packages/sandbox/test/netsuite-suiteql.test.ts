import fc from 'fast-check';
import { addTo, emptySum, plain, readSum } from '../src/netsuite/suiteql/decimals.ts';
import type { Sandbox } from './netsuite-support.ts';
import { createQuery, getToken, startSandbox, suiteqlPath, today } from './netsuite-support.ts';

let netsuite: Sandbox;
let token: string;
let query: ReturnType<typeof createQuery>;
beforeAll(async () => {
  netsuite = await startSandbox();
  token = await getToken(netsuite.url);
  query = createQuery(netsuite.url, token);
});
afterEach(() => netsuite.control.heal());
afterAll(() => netsuite.close());

const rows = (sql: string, ...values: (string | number)[]) => netsuite.world.db.prepare(sql).all(...values);
/** Cents as SuiteQL prints them, computed without a division. */
const units = (cents: number | bigint) => {
  const digits = String(cents).replace('-', '').padStart(3, '0');
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '');
  return Number(cents) < 0 ? `-${text}` : text;
};

test('open invoices answer as text, lower case, without nulls', async () => {
  const { status, body } = await query(
    `SELECT ID, TranId, duedate, ForeignTotal, memo FROM transaction WHERE type = 'CustInvc' AND status = 'A' ORDER BY id`,
  );

  const expected = rows(`SELECT * FROM ns_transaction WHERE type = 'CustInvc' AND status = 'A' ORDER BY id`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ count: expected.length, hasMore: false, offset: 0, totalResults: expected.length });
  expect(body.items).toEqual(
    expected.map((row) => ({
      links: [],
      id: String(row.id),
      tranid: row.tran_id,
      duedate: row.due_date,
      foreigntotal: units(row.total as number),
    })),
  );
});

test('a customer’s balances are its open invoices less what it has not applied', async () => {
  const { body } = await query('SELECT id, balancesearch, overduebalancesearch FROM customer ORDER BY id');

  const invoices = rows(`SELECT * FROM ns_transaction WHERE posting = 1`);
  for (const { id, balancesearch, overduebalancesearch } of body.items) {
    const own = invoices.filter((row) => String(row.customer_id) === id);
    const due = own.reduce((sum, row) => sum + Number(row.unpaid) - Number(row.unapplied), 0);
    const late = own.filter((row) => row.due_date !== null && String(row.due_date) < today);
    expect(balancesearch).toBe(units(due));
    expect(overduebalancesearch).toBe(units(late.reduce((sum, row) => sum + Number(row.unpaid), 0)));
  }
  expect(body.items.length).toBeGreaterThan(30);
});

test('cash in bank accounts adds up to the ledger', async () => {
  const { body } = await query(
    `SELECT a.id, SUM(tal.amount) AS balance, MAX(t.lastmodifieddate) AS asof
     FROM transactionaccountingline tal JOIN transaction t ON t.id = tal.transaction JOIN account a ON a.id = tal.account
     WHERE a.accttype = 'Bank' AND tal.posting = 'T' AND tal.accountingbook = 1 GROUP BY a.id ORDER BY a.id`,
  );

  const expected = rows(
    `SELECT account_id, SUM(amount) AS cents FROM ns_posting JOIN ns_account a ON a.id = account_id
     WHERE a.type = 'Bank' GROUP BY account_id ORDER BY account_id`,
  );
  expect(body.items.map(({ id, balance }) => [id, balance])).toEqual(
    expected.map(({ account_id, cents }) => [String(account_id), units(cents as number)]),
  );
  expect(body.items[0]?.asof).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('built-ins, NVL, dates and bound parameters', async () => {
  const [invoice] =
    rows(`SELECT t.*, m.name AS term, p.name AS period FROM ns_transaction t JOIN ns_term m ON m.id = t.term_id
    JOIN ns_period p ON p.id = t.period_id WHERE t.type = 'CustInvc' AND t.status = 'A' LIMIT 1`);
  const { body } = await query(
    `SELECT BUILTIN.DF(t.terms) AS terms, BUILTIN.CF(t.status) AS cf, BUILTIN.DF(t.status) AS df, BUILTIN.DF(t.postingperiod) period,
       NVL(t.memo, 'it''s none') AS memo, TO_CHAR(t.lastmodifieddate, 'DD/MM/YYYY HH24:MI') AS at, t.posting, COUNT(*) OVER ()
     FROM transaction t WHERE t.id = ? AND t.trandate >= TO_DATE(?, 'YYYY-MM-DD') AND t.type IN ('CustInvc', ?)`,
    [String(invoice?.id), invoice?.tran_date, 'CustCred'],
  );

  const [, year, month, day] = /(\d+)-(\d+)-(\d+)/.exec(String(invoice?.modified_at)) ?? [];
  expect(body.items).toEqual([
    {
      links: [],
      terms: invoice?.term,
      cf: 'CustInvc:A',
      df: 'Invoice : Open',
      period: invoice?.period,
      memo: "it's none",
      at: `${day}/${month}/${year} 12:00`,
      posting: 'T',
      expr1: '1',
    },
  ]);
});

test('subscription orders show what they bill in each period', async () => {
  const { body } = await query(
    `SELECT SUM(recurmonthly + recurquarterly / 3 + recurannually / 12) AS mrr, COUNT(*) AS orders FROM transaction
     WHERE type = 'SalesOrd' AND recurmonthly + recurquarterly + recurannually > 0`,
  );

  const [expected] = rows(
    `SELECT SUM(recur_monthly + recur_quarterly / 3.0 + recur_annually / 12.0) / 100 AS mrr, COUNT(*) AS orders
     FROM ns_transaction WHERE type = 'SalesOrd' AND recur_monthly + recur_quarterly + recur_annually > 0`,
  );
  expect(body.items[0]?.orders).toBe(String(expected?.orders));
  expect(Number(body.items[0]?.mrr)).toBeCloseTo(Number(expected?.mrr), 6);
});

test('pages carry links, and following next reads every row once', async () => {
  const ids: string[] = [];
  let search = '?limit=7';
  for (;;) {
    const { body } = await query('SELECT id FROM transaction ORDER BY id', [], search);
    ids.push(...body.items.map(({ id }) => id as string));
    const next = body.links.find(({ rel }) => rel === 'next');
    expect(body.hasMore).toBe(next !== undefined);
    expect(body.links.some(({ rel }) => rel === 'prev')).toBe(body.offset > 0);
    if (!next) break;
    search = new URL(next.href).search;
  }

  expect(ids).toEqual(rows('SELECT id FROM ns_transaction ORDER BY id').map(({ id }) => String(id)));
});

test.each(['?limit=0', '?limit=1001', '?limit=ten', '?limit=10&offset=5', '?offset=-1'])(
  '%s is refused',
  async (search) => {
    const { status, body } = await query('SELECT id FROM customer', [], search);

    expect(status).toBe(400);
    expect(body).toMatchObject({ title: 'Bad Request', 'o:errorDetails': [{ 'o:errorCode': 'INVALID_PARAMETER' }] });
  },
);

test('the Prefer header is required, and the body must hold a query', async () => {
  const headers = { authorization: `Bearer ${token}` };
  const bare = await fetch(`${netsuite.url}${suiteqlPath}`, {
    method: 'POST',
    headers,
    body: '{"q":"SELECT id FROM customer"}',
  });
  const empty = await fetch(`${netsuite.url}${suiteqlPath}`, {
    method: 'POST',
    headers: { ...headers, prefer: 'transient' },
    body: '{}',
  });

  expect([bare.status, await bare.json()]).toMatchObject([400, { 'o:errorDetails': [{ 'o:errorHeader': 'Prefer' }] }]);
  expect([empty.status, await empty.json()]).toMatchObject([
    400,
    { 'o:errorDetails': [{ 'o:errorCode': 'INVALID_CONTENT' }] },
  ]);
  expect(bare.headers.get('content-type')).toMatch('application/vnd.oracle.resource+json; type=error');
});

test.each([
  ['SELECT foo FROM customer', "Unknown identifier 'foo'"],
  ['SELECT id FROM sf_user', "Unknown identifier 'sf_user'"],
  ['SELECT id FROM ns_customer', "Unknown identifier 'ns_customer'"],
  ['SELECT id FROM customer c, sqlite_master m', "Unknown identifier 'sqlite_master'"],
  ['SELECT id FROM (sf_user)', 'Unsupported FROM clause'],
  ['SELECT id FROM customer WHERE id IN sf_user', 'IN takes a list'],
  ['SELECT id FROM customer WHERE id IN (SELECT id FROM sf_user)', "Unknown identifier 'sf_user'"],
  ['SELECT (SELECT name FROM "sf_user") FROM customer', "Unknown identifier 'sf_user'"],
  ['SELECT id FROM customer UNION SELECT id FROM sf_user', "Unknown identifier 'sf_user'"],
  ['SELECT id FROM customer; DELETE FROM ns_customer', 'Invalid or unsupported search'],
  ['DELETE FROM customer', 'Only a SELECT is supported'],
  ['WITH c AS (SELECT 1) SELECT * FROM c', 'Only a SELECT is supported'],
  ['PRAGMA table_list', 'Only a SELECT is supported'],
  ['SELECT load_extension(1) FROM customer', "Unknown function 'load_extension'"],
  ['SELECT suiteql_today() FROM customer', "Unknown function 'suiteql_today'"],
  ['SELECT id FROM customer LIMIT 1', 'Invalid or unsupported search'],
  ['SELECT id FROM customer -- comment', 'Invalid or unsupported search'],
  ["SELECT id FROM customer WHERE id = 'open", 'Invalid or unsupported search'],
  [`SELECT id FROM customer WHERE id IN (${Array.from({ length: 1001 }, (_, id) => id)})`, 'at most 1000 items'],
  ['SELECT id FROM customer WHERE id = ?', '1 parameters, but 0'],
  ['SELECT trandate + 1 FROM transaction', 'Date arithmetic'],
  ["SELECT TO_DATE('2026-02-31', 'YYYY-MM-DD') FROM dual", 'Invalid date'],
])('refused: %s', async (text, detail) => {
  const { status, body } = await query(text);

  expect(status).toBe(400);
  expect(body).toMatchObject({
    'o:errorDetails': [
      { detail: expect.stringContaining(detail), 'o:errorQueryParam': 'q', 'o:errorCode': 'INVALID_PARAMETER' },
    ],
  });
});

test('text in a parameter or a literal is only ever text', async () => {
  const nasty = `' OR 1=1 --`;
  const bound = await query('SELECT id FROM customer WHERE entityid = ?', [nasty]);
  const literal = await query(`SELECT '${nasty.replaceAll("'", "''")}' AS t FROM dual`);

  expect(bound.body.items).toEqual([]);
  expect(literal.body.items).toEqual([{ links: [], t: nasty }]);
});

test('a sum of cents is exact and prints without float noise', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e13, max: 1e13 }), { minLength: 1 }), (cents) => {
      const sum = readSum(cents.map((each) => each / 100).reduce((total, each) => addTo(total, each), emptySum));
      const exact = cents.reduce((total, each) => total + BigInt(each), 0n);
      return (typeof sum === 'number' ? plain(sum) : sum) === units(exact);
    }),
  );
});

test('any number prints as plain decimal text', () => {
  expect([0.1 + 0.2, 1200.5, 1e-7, 1.5e21, -2.5e-9, 0].map(plain)).toEqual(
    '0.3 1200.5 0.0000001 1500000000000000000000 -0.0000000025 0'.split(' '),
  );
});

test('random text never does more than fail', () => {
  const words =
    'SELECT FROM customer c sf_user ( ) , . * id = ? IN AS ORDER BY UNION JOIN BUILTIN.DF ROWNUM <= 1'.split(' ');
  return fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 12 }), async (picked) => {
      const { status } = await query(`SELECT ${picked.join(' ')}`);
      expect([200, 400]).toContain(status);
    }),
    { numRuns: 150 },
  );
});

test('over the limit the answer is 429 without a Retry-After', async () => {
  netsuite.control.setFaults({ throttle: true });
  const { status, body } = await query('SELECT id FROM customer');

  expect(status).toBe(429);
  expect(body).toMatchObject({ 'o:errorDetails': [{ 'o:errorCode': 'CONCURRENCY_LIMIT_EXCEEDED' }] });
});

test.each([
  'SELECT id, COUNT(*) FROM transaction',
  'SELECT type, status, COUNT(*) FROM transaction GROUP BY type',
  'SELECT *, COUNT(*) FROM currency GROUP BY id',
])('%s is no GROUP BY expression', async (q) => {
  const { status, body } = await query(q);
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain('GROUP BY');
});

test.each([
  ['SELECT BUILTIN.DF(type) AS kind, COUNT(id) FROM transaction GROUP BY BUILTIN.DF(type)', 6],
  ['SELECT UPPER(t.type) || t.status AS x, SUM(foreigntotal) FROM transaction t GROUP BY t.type, t.status', 10],
  [
    "SELECT CASE WHEN type = 'CustInvc' THEN 1 ELSE 2 END kind, COUNT(*) FROM transaction GROUP BY CASE WHEN type = 'CustInvc' THEN 1 ELSE 2 END",
    2,
  ],
  ['SELECT c.id, (SELECT COUNT(*) FROM transaction t WHERE t.entity = c.id) AS n FROM customer c', 10],
  ["SELECT 'all' AS name, COUNT(*) FROM customer", 1],
  ['SELECT id FROM customer WHERE ROWNUM = 1', 1],
])('%s groups as the vendor lets it', async (q, atLeast) => {
  const { status, body } = await query(q);
  expect(status).toBe(200);
  expect(body.totalResults).toBeGreaterThanOrEqual(atLeast);
});
