import fc from 'fast-check';
import { filterValues, leadsBy, toCall } from '../src/query.ts';

const anyText = fc.string({ unit: fc.constantFrom('a', 'B', '7', ',', "'", '"', ' ', '\\', '&', '=', 'é', '\n', '%') });

test('a list of values is read back as those values, or is refused', () => {
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1, maxLength: 20 }), (values) => {
      let list: string;
      try {
        list = filterValues(values);
      } catch (error) {
        expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
        expect(values.some((value) => value === '' || value !== value.trim() || /[,\n]/.test(value))).toBe(true);
        return;
      }
      expect(list.split(',')).toEqual(values);
    }),
  );
});

test('whatever a value holds, it stays one parameter on the wire', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 300 }), (value, copies) => {
      fc.pre(value !== '' && value === value.trim() && !/[,\n]/.test(value));
      const call = toCall(
        'http://marketo',
        leadsBy(
          'sfdcAccountId',
          Array.from({ length: copies }, () => value),
        ),
      );
      const form = 'body' in call ? new URLSearchParams(call.body) : new URL(call.url).searchParams;
      expect([...form.keys()]).toEqual(['filterType', 'filterValues', 'fields', 'batchSize']);
      expect(form.get('filterValues')?.split(',')).toEqual(Array.from({ length: copies }, () => value));
    }),
  );
});

test('a comma in a value is refused, a quote is not', () => {
  expect(() => filterValues(['one,two'])).toThrow(/comma/);
  expect(filterValues(["O'Brien", '"x"'])).toBe(`O'Brien,"x"`);
});

test('more values than Marketo takes are refused before the call', () => {
  expect(() => filterValues(Array.from({ length: 301 }, String))).toThrow(/300/);
});

test('a long question travels in a body, a short one in the address', () => {
  const ids = Array.from({ length: 150 }, (_, index) => `001Hs00000${String(index).padStart(5, '0')}IAA`);

  expect(toCall('http://marketo', leadsBy('sfdcAccountId', ids.slice(0, 3)))).toMatchObject({ method: 'GET' });
  expect(toCall('http://marketo', leadsBy('sfdcAccountId', ids))).toMatchObject({
    method: 'POST',
    url: 'http://marketo/rest/v1/leads.json?_method=GET',
  });
});
