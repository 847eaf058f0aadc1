import { createSuiteql } from '../src/netsuite/suiteql/run.ts';
import { openWorld } from '../src/world/world.ts';
import { today } from './netsuite-support.ts';

const world = openWorld({ seed: 3, size: 20, today });
const suiteql = createSuiteql(world);
afterAll(() => world.close());

const run = (q: string, params: string[] = []) => suiteql.run(q, params, { limit: 100, offset: 0 });
const ids = (q: string) => run(q).rows.map(({ id }) => Number(id));

test('ROWNUM takes the rows that are found first, and ORDER BY sorts those', () => {
  const found = ids("SELECT id FROM transaction WHERE type = 'CustInvc' AND ROWNUM <= 5");
  const sorted = ids(
    "SELECT t.id AS id FROM transaction t WHERE t.type = 'CustInvc' AND ROWNUM <= 5 ORDER BY t.id DESC",
  );
  expect(sorted).toEqual(found.toSorted((a, b) => b - a));
  expect(sorted).not.toEqual(ids("SELECT id FROM transaction WHERE type = 'CustInvc' ORDER BY id DESC").slice(0, 5));
});

test('a query around a sorted one takes the top of it', () => {
  const top = ids('SELECT q.id FROM (SELECT id FROM transaction ORDER BY id DESC) q WHERE ROWNUM <= 3');
  expect(top).toEqual(ids('SELECT id FROM transaction ORDER BY id DESC').slice(0, 3));
});

test.each([
  ['SELECT COUNT(*) AS n FROM transaction WHERE ROWNUM <= 5', '5'],
  ["SELECT t.type, COUNT(*) AS n FROM transaction AS t WHERE t.type = 'SalesOrd' AND ROWNUM < 5 GROUP BY t.type", '4'],
  ['SELECT COUNT(*) AS n FROM (SELECT id FROM customer WHERE ROWNUM <= 7 ORDER BY id DESC) x', '7'],
  ['SELECT COUNT(*) AS n FROM customer WHERE ROWNUM = 1 AND id > 0', '1'],
])('rows are counted before they are grouped: %s', (q, n) => {
  const { rows, totalResults } = run(q);
  expect(rows[0]?.n).toBe(n);
  expect(totalResults).toBe(1);
});

test('parameters and joins stay in their places', () => {
  const { rows } = run(
    'SELECT id, type FROM transaction WHERE type = ? AND ROWNUM <= 2 AND status <> ? ORDER BY id DESC',
    ['SalesOrd', 'C'],
  );
  expect(rows.map(({ type }) => type)).toEqual(['SalesOrd', 'SalesOrd']);
  const joined = 'SELECT t.id FROM transaction t JOIN customer c ON c.id = t.entity WHERE ROWNUM <= 4 ORDER BY t.id';
  expect(ids(joined)).toHaveLength(4);
});
