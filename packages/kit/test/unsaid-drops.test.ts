import { createUnsaidDrops } from '../src/cache/unsaid-drops.ts';

test('what was not said is kept until it is', () => {
  const drops = createUnsaidDrops();
  expect(drops.any()).toBe(false);
  drops.remember(['netsuite:customer:{1}', 'salesforce']);
  expect(drops.any()).toBe(true);
  expect(drops.toSay()).toEqual(['netsuite:customer:{1}', 'salesforce']);
  drops.said(drops.toSay());
  expect(drops.any()).toBe(false);
});

test('with too many, everything of their sources is dropped instead', () => {
  const drops = createUnsaidDrops({ max: 3 });
  drops.remember(['netsuite:customer:{1}', 'netsuite:customer:{2}', 'salesforce:opportunity', 'netsuite:invoice:{1}']);
  expect(drops.toSay()).toEqual(['netsuite', 'salesforce']);
});

test('what was said of late is said again, and no more than a bounded number', () => {
  let now = 0;
  const drops = createUnsaidDrops({ max: 2, repeatMs: 1000, clock: () => now });
  drops.said(['a:1']);
  now = 600;
  drops.said(['b:1']);
  expect(drops.toSay()).toEqual(['a:1', 'b:1']);
  now = 1200;
  expect(drops.toSay()).toEqual(['b:1']);
  drops.said(['c:1', 'd:1']);
  expect(drops.toSay()).toEqual(['c:1', 'd:1']);
  expect(drops.any()).toBe(false);
});
