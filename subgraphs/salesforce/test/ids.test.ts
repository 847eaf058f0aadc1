import { salesforceId } from '@customer360/sandbox/world/salesforce-id';
import fc from 'fast-check';
import { isIdOf, readId } from '../src/ids.ts';

test('the short and the long form of an id are the same record', () => {
  fc.assert(
    fc.property(fc.nat(), (number) => {
      const id = salesforceId('001', number);
      expect(readId(id.slice(0, 15), 'id')).toBe(id);
      expect(readId(id, 'id')).toBe(id);
      expect(isIdOf('account', id)).toBe(true);
      expect(isIdOf('ticket', id)).toBe(false);
    }),
  );
});

test.each(['', 'x', "001Hs00000000' OR", '001Hs0000000001IA', ' 01Hs0000000001IAA'])('%j is refused', (text) => {
  expect(() => readId(text, 'accountId')).toThrow('accountId must be a Salesforce id of 15 or 18 letters and digits.');
});
