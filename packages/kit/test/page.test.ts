import { UserInputError } from '../src/errors.ts';
import { readFirst } from '../src/page.ts';

test.each([0, -1, 201])('a page of %d is refused', (first) => {
  expect(() => readFirst(first, 20)).toThrow(UserInputError);
  expect(() => readFirst(first, 20)).toThrow('first must be from 1 to 200.');
});

test('a page is what was asked for, or the default', () => {
  expect([readFirst(1, 20), readFirst(200, 20), readFirst(null, 20), readFirst(undefined, 20)]).toEqual([
    1, 200, 20, 20,
  ]);
});

test('a list may have a cap of its own', () => {
  expect(readFirst(50, 10, 50)).toBe(50);
  expect(() => readFirst(51, 10, 50)).toThrow('first must be from 1 to 50.');
});
