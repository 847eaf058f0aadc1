import { readView, writeView } from '../src/lib/view-state.ts';

test('an empty address is the usual view, and the usual view an empty address', () => {
  const view = readView('');
  expect(view).toEqual({ account: null, filter: '', sort: null, first: 50 });
  expect(writeView(view)).toBe('');
});

test('every choice survives the way through the address', () => {
  const view = {
    account: '001Hs000000007CIAQ',
    filter: 'a & b=c?',
    sort: { key: 'amount', descending: true },
    first: 200,
  } as const;
  expect(readView(writeView(view))).toEqual(view);
});

test('what an address may not ask for falls back to the usual', () => {
  expect(readView('?first=9999&sort=password.desc&account=')).toEqual(readView(''));
});
