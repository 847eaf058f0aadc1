import { setTimeout as sleep } from 'node:timers/promises';
import { UpstreamError } from '../src/errors.ts';
import { createVendorPolicy } from '../src/policy.ts';

const busy = (retryAfterMs?: number) =>
  new UpstreamError('MARKETO', 'busy', 'throttled', retryAfterMs === undefined ? {} : { retryAfterMs });

test('a call past the deadline is a timeout, and its signal is aborted', async () => {
  const policy = createVendorPolicy({ system: 'MARKETO', timeoutMs: 50 });
  let aborted = false;
  const hung = policy.run(async (signal) => {
    signal.addEventListener('abort', () => {
      aborted = true;
    });
    await sleep(5000, undefined, { signal, ref: false });
  });

  await expect(hung).rejects.toMatchObject({ fault: 'timeout' });
  expect(aborted).toBe(true);
});

test('no more calls run at once than there are slots, and the rest wait their turn', async () => {
  const policy = createVendorPolicy({ system: 'MARKETO', slots: 3 });
  let running = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, () =>
      policy.run(async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(5);
        running -= 1;
      }),
    ),
  );
  expect(most).toBe(3);
});

test('a full queue refuses at once', async () => {
  const policy = createVendorPolicy({ system: 'MARKETO', slots: 1, queue: 1 });
  const first = policy.run(() => sleep(30));
  const second = policy.run(() => sleep(1));
  await expect(policy.run(() => sleep(1))).rejects.toMatchObject({ fault: 'busy' });
  await Promise.all([first, second]);
});

test('after throttling the vendor is left alone for as long as it asked, and calls in the queue are not sent', async () => {
  let now = 0;
  const policy = createVendorPolicy({ system: 'MARKETO', slots: 1, clock: () => now });
  let calls = 0;
  const refused = () => {
    calls += 1;
    return Promise.reject(busy(20_000));
  };
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => policy.run(refused)));
  expect(results.every(({ status }) => status === 'rejected')).toBe(true);
  expect(calls).toBe(1);

  now = 19_999;
  await expect(policy.run(refused)).rejects.toMatchObject({ fault: 'busy', retryAfterMs: 1 });
  expect(calls).toBe(1);
  now = 20_000;
  await expect(policy.run(async () => 'well')).resolves.toBe('well');
});

test('a wait of weeks is cut to five minutes', async () => {
  let now = 0;
  const policy = createVendorPolicy({ system: 'MARKETO', clock: () => now });
  await expect(policy.run(() => Promise.reject(busy(999_999_999)))).rejects.toMatchObject({ fault: 'busy' });
  now = 5 * 60_000;
  await expect(policy.run(async () => 1)).resolves.toBe(1);
});
