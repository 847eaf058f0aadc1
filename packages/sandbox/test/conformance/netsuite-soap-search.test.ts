import { whyNoDescription } from '@customer360/testing/netsuite-xsd';
import type { Answer } from '../netsuite-soap-support.ts';
import type { Bench } from './netsuite-soap-bench.ts';
import { anyOf, openBench, search, value } from './netsuite-soap-bench.ts';

// The folder of vendor specifications exists on some machines only.
const specs = process.env.VENDOR_SPECS ?? '';
const reason = whyNoDescription(specs);

const common = (fields: Record<string, object>) =>
  Object.fromEntries(Object.entries(fields).map(([name, criterion]) => [`platformCommon:${name}`, criterion]));
const named = (operator: string, name: string) => ({
  attributes: { operator },
  'platformCore:predefinedSearchValue': name,
});
const reference = (attributes: object) => ({ attributes });
const at = (day: string) => `${day}T12:00:00.000-08:00`;

/** Criteria on customers and invoices, and the SQL that finds the same. */
const customers: [criterion: string, basic: Record<string, object>, sql: string][] = [
  ['is', { entityId: value('is', 'CUST4002') }, "entity_id = 'CUST4002'"],
  ['isNot', { entityId: value('isNot', 'CUST4002') }, "entity_id <> 'CUST4002'"],
  ['contains', { companyName: value('contains', 'a') }, "company_name LIKE '%a%'"],
  ['doesNotContain', { companyName: value('doesNotContain', 'a') }, "company_name NOT LIKE '%a%'"],
  ['startsWith', { entityId: value('startsWith', 'CUST400') }, "entity_id LIKE 'CUST400%'"],
  ['doesNotStartWith', { entityId: value('doesNotStartWith', 'CUST400') }, "entity_id NOT LIKE 'CUST400%'"],
  ['hasKeywords', { companyName: value('hasKeywords', 'customer walk') }, "company_name LIKE '%Walk%customer%'"],
  ['empty', { externalIdString: value('empty') }, 'external_id IS NULL'],
  ['notEmpty', { externalIdString: value('notEmpty') }, 'external_id IS NOT NULL'],
  ['between', { creditLimit: value('between', 1000, 60_000) }, 'credit_limit BETWEEN 100000 AND 6000000'],
  ['equalTo', { internalIdNumber: value('equalTo', 4004) }, 'id = 4004'],
  ['notLessThan', { internalIdNumber: value('notLessThan', 4010) }, 'id >= 4010'],
  ['greaterThanOrEqualTo', { internalIdNumber: value('greaterThanOrEqualTo', 4010) }, 'id >= 4010'],
  ['anyOf a reference', { terms: anyOf([reference({ internalId: '2' })]) }, 'term_id = 2'],
  [
    'noneOf',
    { currency: { ...anyOf([reference({ internalId: '1' })]), attributes: { operator: 'noneOf' } } },
    'currency_id <> 1',
  ],
  ['a boolean', { isInactive: { 'platformCore:searchValue': false } }, 'is_inactive = 0'],
  [
    'two at once',
    { isPerson: { 'platformCore:searchValue': false }, terms: anyOf([reference({ internalId: '1' })]) },
    'term_id = 1',
  ],
];
const invoices: [criterion: string, basic: Record<string, object>, sql: string][] = [
  ['on', { tranDate: value('on', at('2026-03-01')) }, "tran_date = '2026-03-01'"],
  ['notOn', { tranDate: value('notOn', at('2026-03-01')) }, "tran_date <> '2026-03-01'"],
  ['before', { tranDate: value('before', at('2026-01-01')) }, "tran_date < '2026-01-01'"],
  ['onOrAfter', { dueDate: value('onOrAfter', at('2026-01-01')) }, "due_date >= '2026-01-01'"],
  ['notAfter', { dueDate: value('notAfter', at('2026-01-01')) }, "due_date <= '2026-01-01'"],
  [
    'within',
    { tranDate: value('within', at('2026-01-01'), at('2026-01-31')) },
    "tran_date BETWEEN '2026-01-01' AND '2026-01-31'",
  ],
  ['within lastMonth', { tranDate: named('within', 'lastMonth') }, "tran_date BETWEEN '2026-02-01' AND '2026-02-28'"],
  ['onOrAfter thisFiscalYear', { tranDate: named('onOrAfter', 'thisFiscalYear') }, "tran_date >= '2026-02-01'"],
  ['before today', { dueDate: named('before', 'today') }, "due_date < '2026-03-15'"],
  ['a period', { postingPeriod: reference({ internalId: '18' }) }, 'period_id = 18'],
  [
    'greaterThan',
    { daysOverdue: value('greaterThan', 20) },
    "unpaid > 0 AND julianday('2026-03-15') - julianday(due_date) > 20",
  ],
  ['an amount', { totalAmount: value('lessThan', 20_000) }, 'total < 2000000'],
];

if (reason) {
  test.skip(`not run: ${reason}`, () => {});
} else {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench(specs);
  }, 60_000);
  afterAll(() => bench.close());

  const find = async (type: string, basic: object, joins: object = {}) => {
    const { searchResult } = await bench.call('search', search(type, basic, joins));
    expect(searchResult.status.attributes.isSuccess).toBe('true');
    const records: Answer[] = searchResult.recordList?.record ?? [];
    return records.map(({ attributes }) => Number(attributes.internalId));
  };
  const expected = (sql: string) =>
    bench.netsuite.world.db
      .prepare(`SELECT t.id FROM ${sql} ORDER BY t.id`)
      .all()
      .map(({ id }) => id);

  test.each(customers)('customers: %s', async (_, basic, sql) => {
    const ids = expected(`ns_customer t WHERE ${sql}`);
    expect(await find('listRel:CustomerSearch', common(basic))).toEqual(ids);
    expect(ids.length).toBeGreaterThan(0);
  });

  test.each(invoices)('invoices: %s', async (_, basic, sql) => {
    const ids = expected(`ns_transaction t WHERE type = 'CustInvc' AND ${sql}`);
    const type = { type: anyOf(['_invoice']) };
    // The schema wants criteria in the order of the alphabet.
    const sorted = Object.fromEntries(Object.entries({ ...basic, ...type }).sort(([a], [b]) => (a < b ? -1 : 1)));
    expect(await find('tranSales:TransactionSearch', common(sorted))).toEqual(ids);
  });

  test('what was changed on a day, in the account’s zone', async () => {
    const ids = await find('listRel:CustomerSearch', common({ dateCreated: value('on', at('2025-09-01')) }));
    expect(ids).toEqual(
      expected("ns_customer t WHERE created_at BETWEEN '2025-09-01T07:00:00Z' AND '2025-09-02T06:59:59Z'"),
    );
  });

  test('joins, both ways', async () => {
    const bySupplier = await find('tranSales:TransactionSearch', common({ type: anyOf(['_purchaseOrder']) }), {
      'tranSales:vendorJoin': common({ entityId: value('is', 'VEND3001') }),
    });
    expect(bySupplier).toEqual(expected("ns_transaction t WHERE type = 'PurchOrd' AND vendor_id = 3001"));
    const fromClosed = await find('tranSales:TransactionSearch', common({ type: anyOf(['_invoice']) }), {
      'tranSales:createdFromJoin': common({ status: anyOf(['_salesOrderClosed']) }),
    });
    expect(fromClosed).toEqual(
      expected(
        "ns_transaction t JOIN ns_transaction o ON o.id = t.created_from WHERE t.type = 'CustInvc' AND o.status = 'H'",
      ),
    );
    const owing = await find(
      'listRel:CustomerSearch',
      {},
      {
        'listRel:transactionJoin': common({ amountRemaining: value('greaterThan', 0), type: anyOf(['_invoice']) }),
      },
    );
    expect(owing).toEqual(
      expected(
        "ns_customer t WHERE EXISTS (SELECT 1 FROM ns_transaction i WHERE i.customer_id = t.id AND i.type = 'CustInvc' AND i.unpaid > 0)",
      ),
    );
  });

  test('a saved search and an unmodelled join are refused by name', async () => {
    const saved = {
      searchRecord: { attributes: { 'xsi:type': 'listRel:CustomerSearchAdvanced', savedSearchId: '12' } },
    };
    const { searchResult } = await bench.call('search', saved);
    expect(searchResult.status.statusDetail[0].code).toBe('RCRD_DSNT_EXIST');
    const joined = search(
      'tranSales:TransactionSearch',
      {},
      { 'tranSales:employeeJoin': common({ email: value('is', 'a') }) },
    );
    const { searchResult: refused } = await bench.call('search', joined);
    expect(refused.status.statusDetail[0]).toMatchObject({
      code: 'INVALID_SEARCH_JOIN_ID',
      message: expect.stringContaining('employeeJoin'),
    });
  });

  test('every request and answer so far is valid by the vendor’s schemas', () => {
    expect(Object.keys(bench.messages).length).toBeGreaterThan(60);
    expect(bench.vendor.validate(bench.messages)).toEqual([]);
  }, 60_000);
}
