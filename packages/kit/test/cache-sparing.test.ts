import { createCache } from '../src/cache/create-cache.ts';
import { createMemoryStore } from '../src/cache/memory-store.ts';

const kind = { source: 'MARKETO', entityType: 'person', fields: ['a'] } as const;
const ages = { freshForMs: 1000, freshForMsOf: {}, keptForMs: 60_000, staleWhileRevalidate: 0 };

function given(options: { sparing: boolean }) {
  let now = 1_000_000;
  const state = {
    ...options,
    loads: 0,
    advance(ms: number) {
      now += ms;
    },
  };
  const clock = () => now;
  const store = createMemoryStore({ maxBytes: 1_000_000, clock });
  const cache = createCache({ store, source: 'MARKETO', ages, clock, isSparing: () => state.sparing });
  const people = cache.of({
    kindOf: () => kind,
    idOf: (id: string) => id,
    load: async (ids) => ids.map((id) => `${id}${++state.loads}`),
  });
  return { state, read: async (id = 'p') => (await people.read([id]))[0] };
}

test('a system that has to be spared is not asked for what is old, and the answer says why', async () => {
  const { state, read } = given({ sparing: true });
  expect(await read()).toMatchObject({ value: 'p1', origin: 'LIVE' });
  state.advance(5000);
  expect(await read()).toMatchObject({ value: 'p1', origin: 'STALE_CACHE', staleBecause: 'sparing' });
  expect(state.loads).toBe(1);
});

test('it is asked for what is not there, for what is very old, and for everything once it need not be spared', async () => {
  const { state, read } = given({ sparing: true });
  await read();
  expect(await read('q')).toMatchObject({ value: 'q2', origin: 'LIVE' });
  state.advance(11_000);
  expect(await read()).toMatchObject({ value: 'p3', origin: 'LIVE' });
  state.advance(2000);
  state.sparing = false;
  expect(await read()).toMatchObject({ value: 'p4', origin: 'LIVE', staleBecause: null });
});

test('what is fresh is fresh, whatever is spared', async () => {
  const { state, read } = given({ sparing: true });
  await read();
  state.advance(500);
  expect(await read()).toMatchObject({ origin: 'CACHE', staleBecause: null });
});
