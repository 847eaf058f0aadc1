import { createInFlight } from '../src/http/in-flight.ts';

const later = <Value>(value: Value, ms = 20) => new Promise<Value>((resolve) => setTimeout(() => resolve(value), ms));
const staying = () => new AbortController().signal;

test('those who ask for the same at the same time share one piece of work', async () => {
  const inFlight = createInFlight<object>();
  let started = 0;
  const start = () => {
    started += 1;
    return later({ value: started });
  };
  const [one, two, other] = await Promise.all([
    inFlight.join('a', staying(), start),
    inFlight.join('a', staying(), start),
    inFlight.join('b', staying(), start),
  ]);
  expect(one).toBe(two);
  expect(other).not.toBe(one);
  expect(started).toBe(2);
  expect(inFlight.joined).toBe(1);
  await inFlight.join('a', staying(), start);
  expect(started).toBe(3);
});

test('one who leaves takes nothing from the others; when the last one leaves, the work ends', async () => {
  const inFlight = createInFlight<string>();
  const leaving = [new AbortController(), new AbortController()];
  let ended = false;
  const start = (signal: AbortSignal) => {
    signal.addEventListener('abort', () => {
      ended = true;
    });
    return later('done', 50);
  };
  const waiting = leaving.map(({ signal }) => inFlight.join('a', signal, start));
  leaving[0]?.abort();
  expect(ended).toBe(false);
  leaving[1]?.abort();
  expect(ended).toBe(true);
  // Who comes now starts anew and does not meet work that was given up.
  await expect(inFlight.join('a', staying(), () => later('fresh'))).resolves.toBe('fresh');
  await Promise.all(waiting);
});

test('after a write nobody joins what began before it', async () => {
  const inFlight = createInFlight<string>();
  const before = inFlight.join('a', staying(), () => later('old'));
  inFlight.renew();
  const after = inFlight.join('a', staying(), () => later('new'));
  await expect(Promise.all([before, after])).resolves.toEqual(['old', 'new']);
});

test('a failure is everybody’s, and is not kept', async () => {
  const inFlight = createInFlight<string>();
  const fail = () => later('').then(() => Promise.reject(new Error('no')));
  const results = await Promise.allSettled([inFlight.join('a', staying(), fail), inFlight.join('a', staying(), fail)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(inFlight.join('a', staying(), () => later('well'))).resolves.toBe('well');
});
