import fc from 'fast-check';
import { createSuiteql } from '../src/netsuite/suiteql/run.ts';
import { createRecordStore } from '../src/netsuite/writing/store.ts';
import type { WritableType } from '../src/netsuite/writing/types.ts';
import { writableType } from '../src/netsuite/writing/types.ts';
import { openWorld } from '../src/world/world.ts';
import { today } from './netsuite-support.ts';

const world = openWorld({ seed: 5, size: 10, today });
createSuiteql(world);
const store = createRecordStore(world, Date.now);
afterAll(() => world.close());

const type = (name: string) => writableType(name) as WritableType;
const row = (sql: string, ...values: (string | number)[]) =>
  world.db.prepare(sql).get(...values) as Record<string, number>;
const customers = world.db
  .prepare('SELECT id FROM ns_customer ORDER BY id')
  .all()
  .map(({ id }) => String(id));

const line = fc.record({
  item: fc.constantFrom('101', '102', '201'),
  quantity: fc.integer({ min: 1, max: 50 }),
  rate: fc.integer({ min: 1, max: 1_000_000 }).map((cents) => cents / 100),
});
const sale = fc.record({
  customer: fc.constantFrom(...customers),
  currency: fc.integer({ min: 1, max: 6 }).map(String),
  items: fc.array(line, { minLength: 1, maxLength: 4 }),
  share: fc.double({ min: 0.01, max: 1, noNaN: true }),
});

test('whatever is sold, paid, changed and deleted, the books balance', () => {
  fc.assert(
    fc.property(sale, ({ customer, currency, items, share }) => {
      const entity = { id: customer };
      const id = store.add(type('invoice'), { fields: { entity, currency: { id: currency } }, items });
      const total = items.reduce((sum, each) => sum + Math.round(each.quantity * Math.round(each.rate * 100)), 0);
      expect(row('SELECT total, unpaid FROM ns_transaction WHERE id = ?', id)).toMatchObject({ total, unpaid: total });
      const paid = Math.max(1, Math.floor(total * share));
      const applies = [{ doc: String(id), amount: paid / 100 }];
      const payment = store.add(type('customerPayment'), {
        fields: { customer: entity, payment: paid / 100 },
        applies,
      });
      expect(row('SELECT unpaid FROM ns_transaction WHERE id = ?', id)).toMatchObject({ unpaid: total - paid });
      store.update(type('invoice'), id, { fields: { memo: 'changed' } });
      store.update(type('customerPayment'), payment, { fields: {}, applies: [] });
      expect(row('SELECT unpaid, status FROM ns_transaction WHERE id = ?', id)).toMatchObject({
        unpaid: total,
        status: 'A',
      });
      store.remove(type('customerPayment'), payment);
      store.remove(type('invoice'), id);
      expect(
        row('SELECT COUNT(*) AS n FROM (SELECT SUM(amount) AS s FROM ns_posting GROUP BY transaction_id) WHERE s <> 0')
          .n,
      ).toBe(0);
      for (const table of ['ns_posting', 'ns_transaction_line']) {
        expect(row(`SELECT COUNT(*) AS n FROM ${table} WHERE transaction_id IN (?, ?)`, id, payment).n).toBe(0);
      }
    }),
    { numRuns: 60 },
  );
});

test('a write that fails leaves nothing behind', () => {
  const before = row('SELECT COUNT(*) AS n, MAX(id) AS last FROM ns_transaction');
  const [customer = ''] = customers;
  const draft = {
    fields: { customer: { id: customer }, payment: 10 },
    applies: [{ doc: '1', amount: 10 }],
  };
  expect(() => store.add(type('customerPayment'), draft)).toThrow('Invalid doc reference key 1');
  const lines = [{ item: '101' }, { item: '999' }];
  expect(() => store.add(type('invoice'), { fields: { entity: { id: customer } }, items: lines })).toThrow('item');
  expect(row('SELECT COUNT(*) AS n, MAX(id) AS last FROM ns_transaction')).toEqual(before);
});

test('numbers are never used again, and entities have their own', () => {
  const made = store.add(type('customer'), { fields: { companyName: 'Short-lived' } });
  store.remove(type('customer'), made);
  expect(store.add(type('vendor'), { fields: { companyName: 'Next' } })).toBe(made + 1);
  expect(made).toBeLessThan(10_000);
});
