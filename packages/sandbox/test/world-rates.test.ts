import { createSuiteql } from '../src/netsuite/suiteql/run.ts';
import { createRecordStore } from '../src/netsuite/writing/store.ts';
import type { WritableType } from '../src/netsuite/writing/types.ts';
import { writableType } from '../src/netsuite/writing/types.ts';
import { openWorld } from '../src/world/world.ts';
import { reader, today } from './world-support.ts';

const world = openWorld({ seed: 5, size: 10, today });
createSuiteql(world);
const store = createRecordStore(world, Date.now);
afterAll(() => world.close());
const { rows } = reader(world);

test.each([
  ['2025-08-20', '2025-08-20'],
  ['2026-03-01', '2026-02-27'],
  [today, today],
])('an invoice written for %s is booked at the rate of %s', (day, rated) => {
  const [customer] = rows('SELECT id FROM ns_customer ORDER BY id');
  const id = store.add(writableType('invoice') as WritableType, {
    fields: { entity: { id: String(customer?.id) }, currency: { id: '2' }, tranDate: day },
    items: [{ item: '101', quantity: 1, rate: 1000 }],
  });
  const [rate] = rows(`SELECT exchange_rate FROM ns_currency_rate WHERE currency_id = 2 AND effective_on = '${rated}'`);
  expect(rows(`SELECT exchange_rate FROM ns_transaction WHERE id = ${id}`)).toEqual([rate]);
  const [receivable] = rows(`SELECT MAX(amount) AS cents FROM ns_posting WHERE transaction_id = ${id}`);
  expect(receivable?.cents).toBe(Math.round(100_000 * Number(rate?.exchange_rate)));
});
