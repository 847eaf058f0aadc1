import { createSuiteql } from '../src/netsuite/suiteql/run.ts';
import { openWorld } from '../src/world/world.ts';
import { today } from './netsuite-support.ts';

const world = openWorld({ seed: 3, size: 20, today });
const suiteql = createSuiteql(world);
afterAll(() => world.close());

const rows = (q: string) => suiteql.run(q, [], { limit: 1000, offset: 0 }).rows;

test.each([
  [
    'SELECT c.id, t.id AS tid FROM customer c, transaction t WHERE c.id = t.entity(+) ORDER BY c.id, t.id',
    'SELECT c.id, t.id AS tid FROM customer c LEFT JOIN transaction t ON c.id = t.entity ORDER BY c.id, t.id',
  ],
  [
    "SELECT c.id, t.id AS tid FROM transaction t, customer c WHERE t.entity (+) = c.id AND t.type(+) = 'CustCred' AND c.id BETWEEN 1 AND 99999 ORDER BY c.id, t.id",
    "SELECT c.id, t.id AS tid FROM customer c LEFT JOIN transaction t ON c.id = t.entity AND t.type = 'CustCred' WHERE c.id BETWEEN 1 AND 99999 ORDER BY c.id, t.id",
  ],
  [
    'SELECT c.id, t.id AS tid, l.id AS line FROM transactionline l, transaction t, customer c WHERE c.id = t.entity(+) AND t.id = l.transaction(+) ORDER BY c.id, t.id, l.id',
    'SELECT c.id, t.id AS tid, l.id AS line FROM customer c LEFT JOIN transaction t ON c.id = t.entity LEFT JOIN transactionline l ON t.id = l.transaction ORDER BY c.id, t.id, l.id',
  ],
])('%s joins as ANSI does', (oracle, ansi) => {
  const found = rows(oracle);
  expect(found).toEqual(rows(ansi));
  expect(found.length).toBeGreaterThan(10);
  expect(found.some(({ tid }) => tid === undefined)).toBe(true);
});

test.each([
  'SELECT c.id FROM customer c JOIN currency u ON u.id = c.currency, transaction t WHERE c.id = t.entity(+)',
  'SELECT c.id FROM customer c, transaction t WHERE c.id(+) = t.entity(+)',
  'SELECT c.id FROM customer c, transaction t WHERE c.id = t.entity(+) OR c.id = 1',
  'SELECT c.id FROM customer c, transaction t WHERE c.id = entity(+)',
  'SELECT c.id FROM customer c, transaction t WHERE c.id(+) = t.entity AND c.currency = t.currency(+)',
])('%s is refused', (q) => {
  expect(() => rows(q)).toThrow(/\(\+\)|outer-joined/);
});
