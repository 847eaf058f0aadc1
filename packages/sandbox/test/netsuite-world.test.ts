import { openWorld } from '../src/world/world.ts';
import { today } from './netsuite-support.ts';

const world = openWorld({ seed: 3, size: 300, today });
afterAll(() => world.close());
const count = (sql: string) => Number(world.db.prepare(`SELECT COUNT(*) AS n FROM ${sql}`).get()?.n);

test('every transaction books as much on one side as on the other', () => {
  expect(count('(SELECT SUM(amount) AS s FROM ns_posting GROUP BY transaction_id) WHERE s <> 0')).toBe(0);
  expect(count('ns_posting')).toBeGreaterThan(1000);
  expect(
    count('ns_transaction t WHERE posting = 1 AND NOT EXISTS (SELECT 1 FROM ns_posting WHERE transaction_id = t.id)'),
  ).toBe(0);
  expect(count('ns_posting p JOIN ns_transaction t ON t.id = p.transaction_id WHERE t.posting = 0')).toBe(0);
});

test('what is paid of an invoice is what was applied to it', () => {
  const applied = 'COALESCE((SELECT SUM(amount) FROM ns_applied WHERE invoice_id = t.id), 0)';
  expect(count(`ns_transaction t WHERE type = 'CustInvc' AND (paid <> ${applied} OR total <> paid + unpaid)`)).toBe(0);
  expect(count(`ns_transaction WHERE type = 'CustInvc' AND (status = 'B') <> (unpaid = 0)`)).toBe(0);
  const used = 'COALESCE((SELECT SUM(amount) FROM ns_applied WHERE payment_id = t.id), 0)';
  expect(count(`ns_transaction t WHERE type IN ('CustPymt', 'CustCred') AND total <> unapplied + ${used}`)).toBe(0);
});

test('lines add up to their transaction', () => {
  const lines = '(SELECT SUM(amount) FROM ns_transaction_line WHERE transaction_id = t.id AND line > 0)';
  const withLines = "('CustInvc', 'SalesOrd', 'PurchOrd', 'RtnAuth', 'CustCred')";
  expect(count(`ns_transaction t WHERE type IN ${withLines} AND total <> ${lines}`)).toBe(0);
});

test.each([
  ['invoices paid in two parts', `(SELECT 1 FROM ns_applied GROUP BY invoice_id HAVING COUNT(*) > 1)`],
  ['invoices paid in part', `ns_transaction WHERE type = 'CustInvc' AND paid > 0 AND unpaid > 0`],
  ['payments that are too large', `ns_transaction WHERE type = 'CustPymt' AND unapplied > 0`],
  ['credits that wait', `ns_transaction WHERE type = 'CustCred' AND status = 'A'`],
  ['credits that are used', `ns_transaction WHERE type = 'CustCred' AND status = 'B'`],
  ['returns', `ns_transaction WHERE type = 'RtnAuth'`],
  ['purchases', `ns_transaction WHERE type = 'PurchOrd' AND vendor_id IS NOT NULL`],
  ['customers in Swiss francs', `ns_customer WHERE currency_id = 6`],
  [
    'one external id on two customers',
    `(SELECT 1 FROM ns_customer GROUP BY external_id HAVING COUNT(*) > 1 AND external_id IS NOT NULL)`,
  ],
])('there are %s', (_, sql) => {
  expect(count(sql)).toBeGreaterThan(0);
});
