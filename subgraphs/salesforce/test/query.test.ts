import { readLiteral } from '@customer360/sandbox/salesforce/soql/values';
import { parseQuery } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { openDeals } from '../src/pipeline-query.ts';
import type { SoqlValue } from '../src/query.ts';
import { soql, whereAll } from '../src/query.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom("'", '\\', '%', '_', '"', '\n', ' ', 'OR', '--', ')', '(', '\u2028', 'a') }),
);
const name = { name: 'Name', kind: 'string' } as const;

type Comparison = { value: string | string[]; literalType: string };

function parseWhere(value: SoqlValue, operator = '=') {
  const text = soql`SELECT Id FROM Account WHERE Name ${{ soql: operator }} ${value} LIMIT 1`;
  const parsed = parseQuery(text.soql);
  const left = parsed.where?.left as Comparison;
  const shape = JSON.stringify({ ...parsed, where: { ...parsed.where, left: { ...left, value: typeof left.value } } });
  return { left, shape };
}

test('text comes back as it was, and never changes the shape of the query', () => {
  const { shape } = parseWhere('plain');

  fc.assert(
    fc.property(anyText, (text) => {
      const parsed = parseWhere(text);
      expect(parsed.shape).toBe(shape);
      expect(readLiteral({ type: 'STRING', text: parsed.left.value as string }, name)).toBe(text.toWellFormed());
    }),
  );
});

test('searched text has no wildcards of its own', () => {
  const { shape } = parseWhere({ anywhere: 'plain' }, 'LIKE');

  fc.assert(
    fc.property(anyText, (text) => {
      const parsed = parseWhere({ anywhere: text }, 'LIKE');
      expect(parsed.shape).toBe(shape);
      const pattern = readLiteral({ type: 'STRING', text: parsed.left.value as string }, name, true);
      const literal = String(pattern)
        .slice(1, -1)
        .replace(/\\([\\%_])/g, '$1');
      expect(pattern).toMatch(/^%[\s\S]*%$/);
      expect(literal).toBe(text.toWellFormed());
      expect(
        String(pattern)
          .slice(1, -1)
          .replace(/\\[\\%_]/g, ''),
      ).not.toMatch(/[%_]/);
    }),
  );
});

test('lists keep every text apart', () => {
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1 }), (texts) => {
      const { left } = parseWhere(texts, 'IN');
      const values = (left.value as string[]).map((text) => readLiteral({ type: 'STRING', text }, name));
      expect(values).toEqual(texts.map((text) => text.toWellFormed()));
    }),
  );
});

test('numbers are printed without an exponent and keep their value', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (number) => {
      const { soql: text } = soql`${number}`;
      expect(text).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Math.abs(Number(text) - number)).toBeLessThanOrEqual(1e-10);
    }),
  );
});

test('a date that is none is refused', () => {
  expect(() => soql`${{ date: "2026-01-01' OR" }}`).toThrow(RangeError);
});

test('every filter is one condition, whatever it contains', () => {
  const filters = (text: string, amount: number) => ({
    accountIds: ['001Hs0000000001IAA'],
    stages: [text],
    ownerIds: ['005Hs0000000001IAA'],
    minAmount: amount,
    maxAmount: amount,
    closeDateFrom: '2026-01-01',
    closeDateTo: '2026-12-31',
    minProbability: amount,
    search: `x${text}`.slice(0, 150),
  });
  const shapeOf = (text: string, amount: number) => {
    const where = openDeals(filters(text, amount));
    const parsed = parseQuery(`SELECT Id FROM Opportunity${where?.soql}`);
    return JSON.stringify(parsed, (key, value) => (key === 'value' || key === 'literalType' ? null : value));
  };

  fc.assert(
    fc.property(anyText, fc.double({ min: -1e15, max: 1e15, noNaN: true }), (text, amount) => {
      expect(shapeOf(text, amount)).toBe(shapeOf('plain', 1));
    }),
  );
});

test('no condition is no WHERE', () => {
  expect(whereAll([]).soql).toBe('');
});

test.each([
  [{ accountIds: [] }],
  [{ stages: [] }],
  [{ accountIds: ['006Hs0000000001IAA'] }],
  [{ accountIds: ['001Hs0000000001IAB'] }],
])('%j can find nothing', (filters) => {
  expect(openDeals(filters)).toBeNull();
});

test.each([
  [{ accountIds: ["1' OR"] }, 'accountIds'],
  [{ minAmount: 1e16 }, 'minAmount'],
  [{ search: 'x'.repeat(201) }, 'search'],
  [{ stages: Array<string>(1001).fill('x') }, 'stages'],
])('%j is refused', (filters, argument) => {
  expect(() => openDeals(filters)).toThrow(
    expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', argument } }) as Error,
  );
});
