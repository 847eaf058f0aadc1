import { parse, print } from 'graphql';
import { withoutFields } from '../src/without-fields.ts';

test('fields that a contender does not have are not asked for, nor what holds nothing else', () => {
  const query = 'query Q($id: ID!) { customer(id: $id) { name freshness { asOf } costs { spend { amount } } } }';
  const request = JSON.parse(withoutFields(JSON.stringify({ query, variables: { id: '1' } }), ['freshness', 'spend']));
  expect(request.variables).toEqual({ id: '1' });
  expect(request.query).toBe(print(parse('query Q($id: ID!) { customer(id: $id) { name } }')));
});
