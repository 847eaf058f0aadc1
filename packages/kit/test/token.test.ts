import { setTimeout as sleep } from 'node:timers/promises';
import { UpstreamError } from '../src/errors.ts';
import { createTokenSource, TokenRefusedError } from '../src/token.ts';

function source(lifetimesMs: number[] = []) {
  let now = 0;
  let fetched = 0;
  const failures: Error[] = [];
  const tokens = createTokenSource({
    system: 'SALESFORCE',
    clock: () => now,
    async fetchToken() {
      fetched += 1;
      const token = `token-${fetched}`;
      const expiresInMs = lifetimesMs[fetched - 1] ?? 3_600_000;
      await sleep(1);
      const failure = failures.shift();
      if (failure) throw failure;
      return { token, expiresInMs };
    },
  });
  return { tokens, failures, fetched: () => fetched, advance: (ms: number) => (now += ms) };
}

/** A vendor that takes only some tokens and counts how often it is called. */
function vendor(takes: (token: string) => boolean) {
  const seen: string[] = [];
  return {
    seen,
    async call(token: string) {
      seen.push(token);
      await sleep(1);
      if (!takes(token)) throw new TokenRefusedError();
      return token;
    },
  };
}

test('fifty waiters share one fetch', async () => {
  const { tokens, fetched } = source();
  const got = await Promise.all(Array.from({ length: 50 }, () => tokens.get()));
  expect(new Set(got)).toEqual(new Set(['token-1']));
  expect(fetched()).toBe(1);
});

test('a token is replaced a minute before it ends, and nobody waits for that', async () => {
  const { tokens, fetched, advance } = source();
  await tokens.get();
  advance(3_539_000);
  expect(await tokens.get()).toBe('token-1');
  expect(fetched()).toBe(1);
  advance(2000);
  expect(await tokens.get()).toBe('token-1');
  await sleep(10);
  expect(await tokens.get()).toBe('token-2');
  expect(fetched()).toBe(2);
});

test('a token that still works is used until its end when the next one cannot be had', async () => {
  const { tokens, failures, fetched, advance } = source();
  const down = () => new UpstreamError('SALESFORCE', 'unavailable', 'no connection');
  await tokens.get();
  advance(3_545_000);
  failures.push(down(), down(), down());
  for (let call = 0; call < 5; call += 1) {
    expect(await tokens.get()).toBe('token-1');
    await sleep(5);
  }
  expect(fetched()).toBe(2);
  advance(54_000);
  expect(await tokens.get()).toBe('token-1');
  await sleep(5);
  advance(1000);
  await expect(tokens.get()).rejects.toMatchObject({ fault: 'unavailable' });
  expect(await tokens.get()).toBe('token-5');
});

test('fifty callers whose token was refused cause one renewal', async () => {
  const { tokens, fetched } = source();
  const { call, seen } = vendor((token) => token !== 'token-1');
  const got = await Promise.all(Array.from({ length: 50 }, () => tokens.use(call)));
  expect(new Set(got)).toEqual(new Set(['token-2']));
  expect(fetched()).toBe(2);
  expect(seen).toHaveLength(100);
});

test('a token that is refused again and again is renewed each time, as long as it works in between', async () => {
  const { tokens } = source();
  for (let round = 1; round < 6; round += 1) {
    expect(await tokens.use(vendor((token) => token === `token-${round}`).call)).toBe(`token-${round}`);
  }
});

test('a vendor that takes no token at all is asked for two, then left alone for half a minute', async () => {
  const { tokens, fetched, advance } = source();
  const { call, seen } = vendor(() => false);
  for (let question = 0; question < 5; question += 1) {
    await expect(tokens.use(call)).rejects.toMatchObject({ name: 'UpstreamError', fault: 'credentials' });
  }
  expect([fetched(), seen.length]).toEqual([2, 2]);
  await expect(tokens.get()).rejects.toMatchObject({ fault: 'credentials' });
  advance(30_000);
  await expect(tokens.use(call)).rejects.toMatchObject({ fault: 'credentials' });
  // The token of the second round has nothing behind it either: it is not replaced once more.
  expect([fetched(), seen.length]).toEqual([3, 3]);
  advance(30_000);
  expect(await tokens.use(vendor(() => true).call)).toBe('token-4');
});

test('questions asked at once of a vendor that takes no token end together', async () => {
  const { tokens, fetched } = source();
  const { call, seen } = vendor(() => false);
  const answers = await Promise.allSettled(Array.from({ length: 8 }, () => tokens.use(call)));
  expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
  expect(fetched()).toBe(2);
  expect(seen.length).toBeLessThanOrEqual(16);
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

test('a failure of the call is its own, and the token stays', async () => {
  const { tokens, fetched } = source();
  const down = new UpstreamError('SALESFORCE', 'unavailable', 'answered 503');
  await expect(tokens.use(() => Promise.reject(down))).rejects.toBe(down);
  await tokens.get();
  expect(fetched()).toBe(1);
});

test('a token with seconds left is used, not fetched for every call', async () => {
  const { tokens, fetched, advance } = source([10_000]);
  for (let call = 0; call < 5; call += 1) await tokens.get();
  expect(fetched()).toBe(1);
  advance(6000);
  await tokens.get();
  expect(fetched()).toBe(2);
});
