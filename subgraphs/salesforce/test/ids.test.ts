import { salesforceId } from '@customer360/sandbox/world/salesforce-id';
import fc from 'fast-check';
import { isIdOf } from '../src/ids.ts';

test('an id is of the type that its prefix says, and only with its own last three characters', () => {
  fc.assert(
    fc.property(fc.nat(), (number) => {
      const id = salesforceId('001', number);
      expect(isIdOf('account', id)).toBe(true);
      expect(isIdOf('ticket', id)).toBe(false);
      expect(isIdOf('account', `${id.slice(0, 15)}zzz`)).toBe(false);
    }),
  );
});
