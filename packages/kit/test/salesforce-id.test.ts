import fc from 'fast-check';
import { UserInputError } from '../src/errors.ts';
import { hasRightSuffix, readSalesforceId, toId18 } from '../src/salesforce-id.ts';

const alphanumeric = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
const id15 = fc.string({ unit: alphanumeric, minLength: 15, maxLength: 15 });
const nasty = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom(`' OR '1'='1`, '?', `');--`, '\0'));

test.each([
  ['001D000000IRFma', '001D000000IRFmaIAH'],
  ['001D000000IRFmaIAH', '001D000000IRFmaIAH'],
  ['001D000000IRFmaiah', '001D000000IRFmaIAH'],
  ['001D000000IRFmaIah', '001D000000IRFmaIAH'],
  ['001Hs0000000001', '001Hs0000000001IAA'],
  ['001A0000006Vm9r', '001A0000006Vm9rIAC'],
])('%s is the record %s', (given, full) => {
  expect(readSalesforceId(given, 'accountId')).toBe(full);
  expect(hasRightSuffix(full)).toBe(true);
});

test('the short and the long form of an id are the same record, and ids that differ only by case are not', () => {
  fc.assert(
    fc.property(id15, (short) => {
      const long = readSalesforceId(short, 'id');
      expect(long.slice(0, 15)).toBe(short);
      expect(readSalesforceId(long, 'id')).toBe(long);
      expect(readSalesforceId(short + long.slice(15).toLowerCase(), 'id')).toBe(long);
      expect(hasRightSuffix(long)).toBe(true);
      const other = short.toLowerCase();
      if (other !== short) expect(hasRightSuffix(other + long.slice(15))).toBe(false);
    }),
  );
});

test('only 15 or 18 letters and digits can be an id', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      fc.pre(!/^([a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/.test(text));
      expect(toId18(text)).toBeNull();
      expect(() => readSalesforceId(text, 'id')).toThrow(UserInputError);
    }),
  );
});

test('a refusal names the argument', () => {
  expect(() => readSalesforceId('x', 'accountId')).toThrow(
    'accountId must be a Salesforce id of 15 or 18 letters and digits.',
  );
});
