import { mergeEntity } from '../src/execute/merge.ts';

const isInterface = (name: unknown) => name === 'Product';

test.each([
  ['Book', 'Product', 'Book'],
  ['Product', 'Book', 'Book'],
  [undefined, 'Product', 'Product'],
  ['Book', undefined, 'Book'],
])('an object known as %s that a subgraph calls %s is a %s', (known, told, expected) => {
  const object = known === undefined ? { upc: '1' } : { __typename: known, upc: '1' };
  mergeEntity(object, told === undefined ? { score: 4 } : { __typename: told, score: 4 }, isInterface);
  expect(object).toEqual({ __typename: expected, upc: '1', score: 4 });
});
