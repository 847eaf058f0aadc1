import { createRandom } from '../src/world/random.ts';

test('the same seed gives the same numbers, another seed gives others', () => {
  const draw = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 50 }, () => random.int(0, 1_000_000));
  };

  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('numbers are spread evenly and stay inside their bounds', () => {
  const random = createRandom(1);
  const seen = Array.from({ length: 100_000 }, () => random.int(0, 9));
  for (let value = 0; value < 10; value += 1) {
    expect(seen.filter((number) => number === value).length).toBeGreaterThan(9_500);
  }
});
