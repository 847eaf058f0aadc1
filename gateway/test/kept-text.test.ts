import type { JsonObject } from '../src/execute/json.ts';
import { encodedFrom } from '../src/http/encoded.ts';
import type { FreshnessPlace } from '../src/operation-cache/freshness-places.ts';
import { createOperationCache } from '../src/operation-cache/operation-cache.ts';
import { createHeard } from '../src/provenance/heard.ts';

function keeping(data: JsonObject, places: FreshnessPlace[] = []) {
  let now = performance.now();
  const cache = createOperationCache({ maxBytes: 10_000_000, clock: () => now });
  const heard = createHeard();
  heard.note({ source: null, freshForMs: 60_000, tags: [] });

  cache.put('key', { answer: { data }, operation: 'Kept', heard, places, beganAt: now });
  return {
    get: () => cache.get('key'),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

const ages = [{ path: ['f'], age: new Set(['age']), origin: new Set<string>() }];

test('an answer with ages is given out as it is for a second, and then a second older', () => {
  const kept = keeping({ f: { age: 3 } }, ages);
  const first = kept.get();
  expect(first?.body).toBe('{"data":{"f":{"age":3}}}');
  kept.pass(500);
  expect(kept.get()).toBe(first);
  kept.pass(600);
  expect(kept.get()?.body).toBe('{"data":{"f":{"age":4}}}');
  kept.pass(5000);
  expect(kept.get()?.body).toBe('{"data":{"f":{"age":9}}}');
});

test('an answer without ages stays the same for as long as it is fresh', () => {
  const kept = keeping({ name: 'Ada' });
  const first = kept.get();
  kept.pass(30_000);
  expect(kept.get()).toBe(first);
  kept.pass(30_000);
  expect(kept.get()).toBeUndefined();
});

test('a long answer comes with its bytes, which are those of its text at the time', () => {
  const kept = keeping({ f: { age: 3 }, text: 'ü'.repeat(encodedFrom) }, ages);
  expect(kept.get()?.bytes?.toString()).toBe(kept.get()?.body);
  kept.pass(2000);
  expect(kept.get()?.body).toContain('"age":5');
  expect(kept.get()?.bytes?.toString()).toBe(kept.get()?.body);
  expect(keeping({ name: 'Ada' }).get()?.bytes).toBeUndefined();
});
