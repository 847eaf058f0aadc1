import fc from 'fast-check';
import { createSuiteql } from '../src/netsuite/suiteql/run.ts';
import { translate } from '../src/netsuite/suiteql/translate.ts';
import { openWorld } from '../src/world/world.ts';
import { today } from './netsuite-support.ts';

const world = openWorld({ seed: 3, size: 10, today });
const suiteql = createSuiteql(world);
afterAll(() => world.close());

const only = (q: string) => suiteql.run(q, [], { limit: 10, offset: 0 }).rows[0] ?? {};
const decimal = (cents: bigint) => {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '');
  return cents < 0n ? `-${text}` : text;
};

test('a sum of money is exact to the cent', () => {
  const write = world.db.prepare(
    'INSERT INTO ns_posting (transaction_id, line, account_id, amount) VALUES (?, ?, ?, ?)',
  );
  const transaction = Number(world.db.prepare('SELECT MIN(id) AS id FROM ns_transaction').get()?.id);
  const cents = fc.oneof(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -(10 ** 12), max: 10 ** 12 }));
  fc.assert(
    fc.property(fc.array(cents, { minLength: 1, maxLength: 60 }), (amounts) => {
      world.db.exec('SAVEPOINT sums; DELETE FROM ns_posting');
      for (const [line, amount] of amounts.entries()) write.run(transaction, line, 10, amount);
      const found = only('SELECT SUM(tal.amount) AS total FROM transactionaccountingline tal');
      const own = only('SELECT SUM(amount + 0) AS total FROM transactionaccountingline');
      world.db.exec('ROLLBACK TO sums; RELEASE sums');
      const exact = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
      expect(found.total).toBe(decimal(exact));
      expect(own.total).toBe(decimal(exact));
    }),
    { numRuns: 200 },
  );
});

test.each([
  'SELECT SUM(tal.amount) AS x FROM transactionaccountingline tal',
  'SELECT SUM(amount) AS x FROM transactionaccountingline',
  'SELECT t.type, AVG(t.foreigntotal) AS x FROM transaction t JOIN customer c ON c.id = t.entity GROUP BY t.type',
  'SELECT x.s FROM (SELECT SUM(t.recurmonthly) AS s FROM transaction AS t) x',
])('SQLite itself adds up plain money columns: %s', (q) => {
  expect(translate(q).sql).not.toContain('suiteql_sum');
});

test.each([
  'SELECT SUM(amount) AS x FROM (SELECT tal.amount * 0.333 AS amount FROM transactionaccountingline tal) q',
  'SELECT SUM(q.amount) AS x FROM (SELECT t.foreigntotal / 3 AS amount FROM transaction t) q',
  'SELECT SUM(tal.amount * 2) AS x FROM transactionaccountingline tal',
  'SELECT SUM(tal.amount) OVER (ORDER BY tal.transaction) AS x FROM transactionaccountingline tal',
  'SELECT SUM(t.exchangerate) AS x FROM transaction t',
])('everything else is added up decimal by decimal: %s', (q) => {
  expect(translate(q).sql).toContain('suiteql_sum');
  expect(only(q).x).toMatch(/^-?\d+(\.\d+)?$/);
});

test('a sum and an average of nothing are left out', () => {
  expect(
    only(
      "SELECT SUM(t.foreigntotal) AS s, AVG(t.foreigntotal) AS a, COUNT(t.id) AS n FROM transaction t WHERE t.type = 'none'",
    ),
  ).toEqual({ n: '0' });
});
