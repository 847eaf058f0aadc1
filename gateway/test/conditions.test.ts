import { openShop } from './shop-bench.ts';

test('variables may be called like what every object of the engine has', async () => {
  await using shop = await openShop();
  const query = `query ($constructor: Boolean = true, $__proto__: Boolean = true, $valueOf: Boolean = true) {
    me @include(if: $constructor) { id name @include(if: $__proto__) reviews(first: 1) @include(if: $valueOf) { id } }
  }`;
  expect(await shop.ask(query)).toEqual({ data: { me: { id: 'u1', name: 'User 1', reviews: [{ id: 'r0' }] } } });
});

test.each([
  [{}, ['id', 'name']],
  [{ more: false }, ['id']],
])('a condition by default %j does not keep a failure from being told', async (variables, missing) => {
  await using partly = await openShop({}, ['users']);
  const { data, errors } = await partly.ask(
    'query ($more: Boolean = true) { me { id name @include(if: $more) } }',
    variables,
  );
  expect(data).toEqual({ me: null });
  expect(errors?.map(({ path }) => path)).toEqual(missing.map((name) => ['me', name]));
});
