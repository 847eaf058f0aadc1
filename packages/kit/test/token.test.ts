import { setTimeout as sleep } from 'node:timers/promises';
import { UpstreamError } from '../src/errors.ts';
import { createTokenSource } from '../src/token.ts';

function source(lifetimesMs: number[] = []) {
  let now = 0;
  let fetched = 0;
  const failures: Error[] = [];
  const tokens = createTokenSource({
    system: 'SALESFORCE',
    clock: () => now,
    async fetchToken() {
      fetched += 1;
      await sleep(1);
      const failure = failures.shift();
      if (failure) throw failure;
      return { token: `token-${fetched}`, expiresInMs: lifetimesMs[fetched - 1] ?? 3_600_000 };
    },
  });
  return { tokens, failures, fetched: () => fetched, advance: (ms: number) => (now += ms) };
}

test('fifty waiters share one fetch', async () => {
  const { tokens, fetched } = source();
  const got = await Promise.all(Array.from({ length: 50 }, () => tokens.get()));
  expect(new Set(got)).toEqual(new Set(['token-1']));
  expect(fetched()).toBe(1);
});

test('a token is replaced a minute before it ends', async () => {
  const { tokens, advance } = source();
  await tokens.get();
  advance(3_539_000);
  expect(await tokens.get()).toBe('token-1');
  advance(2000);
  expect(await tokens.get()).toBe('token-2');
});

test('fifty callers whose token was rejected cause one renewal', async () => {
  const { tokens, fetched } = source();
  const old = await tokens.get();
  await Promise.all(Array.from({ length: 50 }, () => tokens.renew(old)));
  expect(await tokens.renew(old)).toBe('token-2');
  expect(fetched()).toBe(2);
});

test('refused credentials are not tried again for half a minute', async () => {
  const { tokens, failures, fetched, advance } = source();
  failures.push(new UpstreamError('SALESFORCE', 'credentials', 'refused'));
  for (let attempt = 0; attempt < 5; attempt += 1)
    await expect(tokens.get()).rejects.toMatchObject({ fault: 'credentials' });
  expect(fetched()).toBe(1);
  advance(30_000);
  expect(await tokens.get()).toBe('token-2');
});

test('another failure is tried again at once', async () => {
  const { tokens, failures } = source();
  failures.push(new UpstreamError('SALESFORCE', 'unavailable', 'no connection'));
  await expect(tokens.get()).rejects.toMatchObject({ fault: 'unavailable' });
  expect(await tokens.get()).toBe('token-2');
});

test('a token with seconds left is used, not fetched for every call', async () => {
  const { tokens, fetched, advance } = source([10_000]);
  for (let call = 0; call < 5; call += 1) await tokens.get();
  expect(fetched()).toBe(1);
  advance(6000);
  await tokens.get();
  expect(fetched()).toBe(2);
});
