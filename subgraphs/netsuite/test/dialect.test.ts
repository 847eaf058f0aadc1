import { UserInputError } from '@customer360/kit/errors';
import fc from 'fast-check';
import { readAccountIds, readInternalId } from '../src/arguments.ts';
import { widest } from '../src/documents.ts';
import { customersByExternalId, customersByInternalId, documents, recurring } from '../src/query.ts';
import { readInvoiceFilter } from '../src/scalars.ts';

const nasty = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom(`' OR '1'='1`, '?', `');--`, '\0'));
const ids = fc.array(nasty, { minLength: 1, maxLength: 30 });
const wanted = fc.record({
  invoices: fc.constantFrom('open' as const, 'paid' as const, 'all' as const),
  orders: fc.boolean(),
});

test.each([customersByExternalId, customersByInternalId])('%p: values change nothing but params', (statement) => {
  fc.assert(
    fc.property(ids, (values) => {
      const { q, params } = statement(values);
      expect(q).toBe(statement(values.map(() => 'x')).q);
      expect(q.match(/\?/g)).toHaveLength(values.length);
      expect(params).toEqual(values);
    }),
  );
});

test('documents: ids change nothing but params', () => {
  fc.assert(
    fc.property(ids, wanted, (values, kinds) => {
      const { q, params } = documents(values, kinds);
      expect(q).toBe(
        documents(
          values.map(() => 'x'),
          kinds,
        ).q,
      );
      expect(q.match(/\?/g)).toHaveLength(params.length);
      expect(params).toEqual([...values, ...values]);
    }),
  );
});

test('recurring: the day changes nothing but params', () => {
  fc.assert(fc.property(nasty, (day) => expect(recurring(day)).toEqual({ q: recurring('x').q, params: [day, day] })));
});

test.each(['', '12a', "1'", '-1', '1234567890123'])('%j is no internal id', (text) => {
  expect(() => readInternalId(text)).toThrow(UserInputError);
});

test('more than 200 ids are refused', () => {
  expect(() => readAccountIds(Array(201).fill('001D000000IRFmaIAH'), 'externalIds')).toThrow(UserInputError);
});

test('a filter that is none of the four is refused', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      fc.pre(!['OPEN', 'PAID', 'OVERDUE', 'ALL'].includes(value as string));
      expect(() => readInvoiceFilter(value)).toThrow('status must be one of OPEN, PAID, OVERDUE, ALL.');
    }),
  );
});

test.each([
  [['open'], { invoices: 'open', orders: false }],
  [['open', 'open', 'orders'], { invoices: 'open', orders: true }],
  [['open', 'paid'], { invoices: 'all', orders: false }],
  [['all', 'open'], { invoices: 'all', orders: false }],
  [['orders'], { invoices: 'none', orders: true }],
] as const)('askers of %p read %p', (wants, expected) => {
  expect(widest(wants)).toEqual(expected);
});
