import type { Answer, Client } from './netsuite-soap-support.ts';
import { createSoapClient, looseHeader, postEnvelope, signPassport } from './netsuite-soap-support.ts';
import type { Sandbox } from './netsuite-support.ts';
import { startSandbox, today } from './netsuite-support.ts';

let netsuite: Sandbox;
let client: Client;
beforeAll(async () => {
  netsuite = await startSandbox();
  client = await createSoapClient(netsuite.url);
});
afterEach(() => netsuite.control.heal());
afterAll(() => netsuite.close());

const rows = (sql: string, ...values: (string | number)[]) => netsuite.world.db.prepare(sql).all(...values);
const anyOf = (values: unknown[]) => ({ attributes: { operator: 'anyOf' }, 'platformCore:searchValue': values });
const reference = (attributes: object) => ({ attributes });
const transactions = (basic: object, joins: object = {}) => ({
  searchRecord: { attributes: { 'xsi:type': 'tranSales:TransactionSearch' }, 'tranSales:basic': basic, ...joins },
});
const openInvoices = {
  'platformCommon:status': anyOf(['_invoiceOpen']),
  'platformCommon:type': anyOf(['_invoice']),
};
const externalIds = () =>
  rows('SELECT external_id FROM ns_customer WHERE external_id IS NOT NULL ORDER BY id LIMIT 20').map((row) =>
    String(row.external_id),
  );

test('open invoices come whole, in the account’s time zone', async () => {
  const { searchResult } = await client.call('search', transactions(openInvoices));

  const expected = rows(`SELECT * FROM ns_transaction WHERE type = 'CustInvc' AND status = 'A' ORDER BY id`);
  expect(searchResult.status.attributes.isSuccess).toBe('true');
  expect(searchResult.totalRecords).toBe(expected.length);
  expect(searchResult.recordList.record).toHaveLength(expected.length);
  const [invoice] = searchResult.recordList.record;
  expect(invoice).toMatchObject({
    attributes: { internalId: String(expected[0]?.id), 'xsi:type': 'tranSales:Invoice' },
    tranId: expected[0]?.tran_id,
    entity: { attributes: { internalId: String(expected[0]?.customer_id) } },
    amountRemaining: Number(expected[0]?.unpaid) / 100,
    status: 'Open',
  });
  expect(invoice.itemList).toBeUndefined();
});

test('transactions of customers named by external id', async () => {
  const ids = externalIds();
  const { searchResult } = await client.call(
    'search',
    transactions(openInvoices, {
      'tranSales:customerJoin': {
        'platformCommon:externalId': anyOf(ids.map((externalId) => reference({ externalId }))),
      },
    }),
  );

  const [expected] = rows(
    `SELECT COUNT(*) AS total FROM ns_transaction t JOIN ns_customer c ON c.id = t.customer_id
     WHERE t.type = 'CustInvc' AND t.status = 'A' AND c.external_id IN (${ids.map(() => '?')})`,
    ...ids,
  );
  expect(searchResult.totalRecords).toBe(expected?.total);
});

test('customers by external id carry their balances', async () => {
  const ids = externalIds();
  const { searchResult } = await client.call('search', {
    searchRecord: {
      attributes: { 'xsi:type': 'listRel:CustomerSearch' },
      'listRel:basic': { 'platformCommon:externalId': anyOf(ids.map((externalId) => reference({ externalId }))) },
    },
  });

  expect(searchResult.totalRecords).toBe(ids.length);
  for (const customer of searchResult.recordList.record) {
    const [expected] = rows(
      `SELECT COALESCE(SUM(unpaid - unapplied), 0) AS balance, COALESCE(SUM(CASE WHEN due_date < '${today}' THEN unpaid END), 0) AS late
       FROM ns_transaction WHERE customer_id = ? AND posting = 1`,
      Number(customer.attributes.internalId),
    );
    expect([customer.balance, customer.overdueBalance]).toEqual([
      Number(expected?.balance) / 100,
      Number(expected?.late) / 100,
    ]);
    expect(ids).toContain(customer.attributes.externalId);
  }
});

test('a basic search works as the search record itself, with dates in account time', async () => {
  const { searchResult } = await client.call('search', {
    searchRecord: {
      attributes: { 'xsi:type': 'platformCommon:TransactionSearchBasic' },
      'platformCommon:lastModifiedDate': {
        attributes: { operator: 'onOrAfter' },
        'platformCore:searchValue': '2026-01-01T00:00:00.000Z',
      },
      'platformCommon:tranDate': {
        attributes: { operator: 'within' },
        'platformCore:searchValue': '2026-01-01',
        'platformCore:searchValue2': '2026-01-31',
      },
      'platformCommon:type': anyOf(['invoice']),
    },
  });

  const expected = rows(
    `SELECT id FROM ns_transaction WHERE type = 'CustInvc' AND modified_at >= '2026-01-01T00:00:00Z'
     AND tran_date BETWEEN '2026-01-01' AND '2026-01-31' ORDER BY id`,
  );
  const found = searchResult.recordList.record.map(
    (record: { attributes: { internalId: string } }) => record.attributes.internalId,
  );
  expect(found).toEqual(expected.map(({ id }) => String(id)));
  expect(found.length).toBeGreaterThan(0);
});

test('sales orders show what they bill in each period', async () => {
  const { searchResult } = await client.call('search', transactions({ 'platformCommon:type': anyOf(['_salesOrder']) }));

  const sum = (name: string) =>
    searchResult.recordList.record.reduce(
      (total: number, order: Record<string, number>) => total + Math.round((order[name] ?? 0) * 100),
      0,
    );
  const [expected] = rows(
    `SELECT SUM(recur_monthly) AS m, SUM(recur_quarterly) AS q, SUM(recur_annually) AS y, SUM(one_time) AS o FROM ns_transaction WHERE type = 'SalesOrd'`,
  );
  expect([sum('recurMonthly'), sum('recurQuarterly'), sum('recurAnnually'), sum('oneTime')]).toEqual([
    expected?.m,
    expected?.q,
    expected?.y,
    expected?.o,
  ]);
});

test('bank balances are a column of the account search', async () => {
  const { searchResult } = await client.call('search', {
    searchRecord: {
      attributes: { 'xsi:type': 'listAcct:AccountSearchAdvanced' },
      'listAcct:criteria': { 'listAcct:basic': { 'platformCommon:type': anyOf(['_bank']) } },
      'listAcct:columns': {
        'listAcct:basic': {
          'platformCommon:balance': {},
          'platformCommon:internalId': {},
          'platformCommon:number': {},
        },
      },
    },
  });

  const expected = rows(
    `SELECT a.id, a.number, SUM(p.amount) AS cents FROM ns_account a JOIN ns_posting p ON p.account_id = a.id
     WHERE a.type = 'Bank' GROUP BY a.id ORDER BY a.id`,
  );
  const found = [searchResult.searchRowList.searchRow].flat().map(({ basic }) => ({
    id: [basic.internalId].flat()[0].searchValue.attributes.internalId,
    number: [basic.number].flat()[0].searchValue,
    cents: Math.round([basic.balance].flat()[0].searchValue * 100),
  }));
  expect(found).toEqual(expected.map(({ id, number, cents }) => ({ id: String(id), number, cents })));
});

test('accounting periods tell their days', async () => {
  const { searchResult } = await client.call('search', {
    searchRecord: {
      attributes: { 'xsi:type': 'listAcct:AccountingPeriodSearch' },
      'listAcct:basic': { 'platformCommon:isYear': { 'platformCore:searchValue': false } },
    },
  });

  const found = searchResult.recordList.record.map((period: Answer) => [
    period.attributes.internalId,
    period.periodName,
    new Date(period.startDate).toISOString().slice(0, 10),
  ]);
  expect(found).toEqual(
    rows('SELECT * FROM ns_period WHERE is_year = 0 ORDER BY id').map(({ id, name, start_date }) => [
      String(id),
      name,
      start_date,
    ]),
  );
});

test('column results repeat for each line unless the main line is asked for', async () => {
  const ask = async (extra: object) => {
    const { searchResult } = await client.call('search', {
      searchRecord: {
        attributes: { 'xsi:type': 'tranSales:TransactionSearchAdvanced' },
        'tranSales:criteria': { 'tranSales:basic': { ...extra, 'platformCommon:type': anyOf(['_invoice']) } },
        'tranSales:columns': {
          'tranSales:basic': { 'platformCommon:internalId': {}, 'platformCommon:status': {} },
          'tranSales:customerJoin': { 'platformCommon:externalId': {} },
        },
      },
    });
    return searchResult;
  };
  const main = await ask({ 'platformCommon:mainLine': { 'platformCore:searchValue': true } });
  const lines = await ask({});

  const count = (sql: string) => rows(`SELECT COUNT(*) AS total FROM ${sql}`)[0]?.total;
  expect(main.totalRecords).toBe(count(`ns_transaction WHERE type = 'CustInvc'`));
  expect(lines.totalRecords).toBe(
    count(`ns_transaction_line JOIN ns_transaction ON id = transaction_id WHERE type = 'CustInvc'`),
  );
  const [row] = main.searchRowList.searchRow;
  expect(['open', 'paidInFull']).toContain([row.basic.status].flat()[0].searchValue);
  expect([row.customerJoin.externalId].flat()[0].searchValue.attributes.externalId).toMatch(/^001/);
});

test('pages are fetched by search id until it expires', async () => {
  let clock = Date.now();
  const timed = await startSandbox(() => clock);
  const paging = await createSoapClient(timed.url, '2023_1', { 'platformMsgs:pageSize': 5 });
  const first = (await paging.call('search', transactions(openInvoices))).searchResult;
  const second = (await paging.call('searchMoreWithId', { searchId: first.searchId, pageIndex: 2 })).searchResult;
  const beyond = (await paging.call('searchMoreWithId', { searchId: first.searchId, pageIndex: 99 })).searchResult;

  expect(first.recordList.record).toHaveLength(5);
  expect(first.totalPages).toBe(Math.ceil(first.totalRecords / 5));
  expect(second.pageIndex).toBe(2);
  const ids = [first, second].flatMap(({ recordList }) =>
    recordList.record.map((record: { attributes: { internalId: string } }) => record.attributes.internalId),
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(beyond.status.statusDetail[0].code).toBe('INVALID_SEARCH_PAGE_INDEX');

  // The client's passport is signed with the real time, so the sandbox comes back to it after the wait.
  clock += 15 * 60_000 + 1;
  const late = await postEnvelope(
    timed.url,
    `<searchMoreWithId><searchId>${first.searchId}</searchId><pageIndex>2</pageIndex></searchMoreWithId>`,
    looseHeader(signPassport({ timestamp: String(Math.floor(clock / 1000)) })),
  );
  expect(late.text).toContain('<platformCore:code>INVALID_JOB_ID</platformCore:code>');
  await timed.close();
});

test('get and getList read by either id, with lines, and miss with a status', async () => {
  const [invoice] = rows(`SELECT * FROM ns_transaction WHERE type = 'CustInvc' LIMIT 1`);
  const [externalId] = externalIds();
  const ref = (attributes: object) => ({ attributes: { 'xsi:type': 'platformCore:RecordRef', ...attributes } });
  const one = await client.call('get', { baseRef: ref({ internalId: String(invoice?.id), type: 'invoice' }) });
  const many = await client.call('getList', {
    baseRef: [
      ref({ externalId, type: 'customer' }),
      ref({ internalId: '1', type: 'customer' }),
      ref({ internalId: '10', type: 'account' }),
    ],
  });

  expect(one.readResponse.record).toMatchObject({ tranId: invoice?.tran_id, total: Number(invoice?.total) / 100 });
  const lines = rows('SELECT * FROM ns_transaction_line WHERE transaction_id = ? AND line > 0', Number(invoice?.id));
  expect([one.readResponse.record.itemList.item].flat()).toHaveLength(lines.length);
  const [customer, missing, account] = many.readResponseList.readResponse;
  expect(customer.record.attributes.externalId).toBe(externalId);
  expect(missing.status.statusDetail[0].code).toBe('RCRD_DSNT_EXIST');
  expect(account.record).toMatchObject({ acctType: '_bank', acctName: 'Operating account' });
});

test('the posting summary adds up to the ledger', async () => {
  const { getPostingTransactionSummaryResult: summary } = await client.call('getPostingTransactionSummary', {
    'platformMsgs:fields': { 'platformCore:period': true, 'platformCore:account': true },
    'platformMsgs:filters': { 'platformCore:period': { 'platformCore:recordRef': [reference({ internalId: '18' })] } },
    'platformMsgs:pageIndex': 1,
  });

  const expected = rows(
    `SELECT account_id, SUM(amount) AS cents FROM ns_posting JOIN ns_transaction t ON t.id = transaction_id
     WHERE t.period_id = 18 GROUP BY account_id ORDER BY account_id`,
  );
  const found = summary.postingTransactionSummaryList.postingTransactionSummary;
  expect(
    found.map((each: { account: { attributes: { internalId: string } }; amount: number }) => [
      Number(each.account.attributes.internalId),
      Math.round(each.amount * 100),
    ]),
  ).toEqual(expected.map(({ account_id, cents }) => [account_id, cents]));
  expect(found.reduce((sum: number, each: { amount: number }) => sum + Math.round(each.amount * 100), 0)).toBe(0);
});

test('the server time, and the endpoint version of the caller in every namespace', async () => {
  const newer = await createSoapClient(netsuite.url, '2025_2');
  const { getServerTimeResult } = await newer.call('getServerTime', {});

  expect(Math.abs(new Date(getServerTimeResult.serverTime).getTime() - Date.now())).toBeLessThan(5000);
  expect(newer.raw.lastResponse).toContain('urn:core_2025_2.platform.webservices.netsuite.com');
  expect(newer.raw.lastResponse).not.toContain('2023_1');
});

test('the served description writes, deletes and lists what was deleted, at a later endpoint too', async () => {
  const newer = await createSoapClient(netsuite.url, '2025_2');
  const record = {
    attributes: { 'xsi:type': 'listRel:Customer', externalId: 'served-1' },
    'listRel:companyName': 'Served',
    'listRel:terms': reference({ internalId: '2' }),
  };
  const { writeResponse } = await newer.call('upsert', { record });
  const { internalId } = writeResponse.baseRef.attributes;
  expect(rows('SELECT company_name, term_id FROM ns_customer WHERE id = ?', Number(internalId))).toMatchObject([
    { company_name: 'Served', term_id: 2 },
  ]);
  const baseRef = { attributes: { 'xsi:type': 'platformCore:RecordRef', externalId: 'served-1', type: 'customer' } };
  const gone = await newer.call('delete', { baseRef });
  expect(gone.writeResponse.status.attributes.isSuccess).toBe('true');
  const { getDeletedResult } = await newer.call('getDeleted', {
    'platformMsgs:getDeletedFilter': { 'platformCore:type': anyOf(['customer']) },
    'platformMsgs:pageIndex': 1,
  });
  expect(getDeletedResult.totalRecords).toBe(1);
});

test.each([
  [
    'contacts, by wrong spelling',
    '<add><record xsi:type="x:Contact"><companyName>A</companyName></record></add>',
    'INVALID_RCRD_TYPE',
  ],
  ['no type', '<add><record><companyName>A</companyName></record></add>', 'UNEXPECTED_ERROR'],
  [
    'ids as children',
    '<update><record xsi:type="Customer"><internalId>4001</internalId><phone>77</phone></record></update>',
    'isSuccess="true"',
  ],
  [
    'a field to be emptied',
    '<update><record xsi:type="Customer" internalId="4001"><nullFieldList><name>phone</name></nullFieldList></record></update>',
    'isSuccess="true"',
  ],
])('a write by hand with %s', async (_, body, found) => {
  const { text } = await postEnvelope(netsuite.url, body);
  expect(text).toContain(found);
});
