import { setTimeout as sleep } from 'node:timers/promises';

/** The shape of a cache store, as far as the contract asks for it. */
interface Store {
  read(keys: readonly Key[]): Promise<{ generation: string; entry: Entry | null }[]>;
  write(writes: readonly { key: Key; entry: Entry; generation: string; keepMs: number }[]): Promise<void>;
  drop(tags: readonly string[]): Promise<void>;
}

interface Key {
  text: string;
  tags: readonly string[];
}

interface Entry {
  data: unknown;
  loadedAt: number;
}

export interface StoreUnderTest {
  store: Store;
  /** Another process's view of the same entries; null where every process has its own. */
  other: Store | null;
}

/** An entity's fields under a key, with the tags of the entity, its type and its source. */
export function entityKey(id: string, fields = 'a1', type = 'customer', source = 'netsuite'): Key {
  const tag = `${source}:${type}:{${encodeURIComponent(id)}}`;
  return { text: `${tag}:${fields}`, tags: [tag, `${source}:${type}`, source] };
}

/** Reads, and keeps what was "loaded" under the generation that was read. */
export async function load(store: Store, key: Key, data: unknown, keepMs = 60_000) {
  const [found] = await store.read([key]);
  const entry = { data, loadedAt: 1000 };
  await store.write([{ key, entry, generation: found?.generation ?? '', keepMs }]);
}

export async function dataOf(store: Store, ...keys: Key[]) {
  return (await store.read(keys)).map(({ entry }) => entry?.data ?? null);
}

/** What every cache store does. Ids differ from test to test, so that all may share one server. */
export function cacheStoreContract(name: string, given: () => StoreUnderTest) {
  describe(`cache store: ${name}`, () => {
    let next = 0;
    const fresh = (fields?: string) => entityKey(`${name}-${next++}`, fields);

    test('a key that was never written is missing, under a generation', async () => {
      const [found] = await given().store.read([fresh()]);
      expect(found).toMatchObject({ generation: expect.stringMatching(/./), entry: null });
    });

    test('what was written is read, unchanged, with the moment it was loaded', async () => {
      const { store } = given();
      const key = fresh();
      const entry = { data: { name: 'Zoë "{x}"', list: [1, null, { deep: true }] }, loadedAt: 1_700_000_000_123 };
      const [before] = await store.read([key]);
      await store.write([{ key, entry, generation: before?.generation ?? '', keepMs: 60_000 }]);
      const [found] = await store.read([key]);
      expect(found).toMatchObject({ generation: before?.generation, entry });
    });

    test.each([null, false, 0, '', []])('%j is a value', async (data) => {
      const { store } = given();
      const key = fresh();
      await load(store, key, data);
      expect((await store.read([key]))[0]?.entry).toEqual({ data, loadedAt: 1000 });
    });

    test('answers come in the order of the keys, one per key', async () => {
      const { store } = given();
      const [one, two, three] = [fresh(), fresh(), fresh()];
      await load(store, one, 1);
      await load(store, three, 3);
      expect(await dataOf(store, three, two, one, three)).toEqual([3, null, 1, 3]);
      expect(await store.read([])).toEqual([]);
      await store.write([]);
      await store.drop([]);
    });

    test('many are written and read at once', async () => {
      const { store } = given();
      const keys = Array.from({ length: 200 }, () => fresh());
      const found = await store.read(keys);
      await store.write(
        keys.map((key, index) => ({
          key,
          entry: { data: index, loadedAt: index },
          generation: found[index]?.generation ?? '',
          keepMs: 60_000,
        })),
      );
      expect(await dataOf(store, ...keys)).toEqual(keys.map((_, index) => index));
    });

    test('the newest value stands', async () => {
      const { store } = given();
      const key = fresh();
      await load(store, key, 'old');
      await load(store, key, 'new');
      expect(await dataOf(store, key)).toEqual(['new']);
    });

    test('fields are kept apart', async () => {
      const { store } = given();
      const id = `${name}-fields`;
      await load(store, entityKey(id, 'a'), 'a');
      await load(store, entityKey(id, 'b'), 'b');
      expect(await dataOf(store, entityKey(id, 'b'), entityKey(id, 'a'))).toEqual(['b', 'a']);
    });

    test('an entry is gone after its time', async () => {
      const { store } = given();
      const key = fresh();
      await load(store, key, 'short', 150);
      expect(await dataOf(store, key)).toEqual(['short']);
      await sleep(200);
      expect(await dataOf(store, key)).toEqual([null]);
    });

    test('an entry with no time is not kept', async () => {
      const { store } = given();
      const key = fresh();
      await load(store, key, 'none', 0);
      expect(await dataOf(store, key)).toEqual([null]);
    });

    test.each([0, 1, 2])('dropping tag %i makes all entries that have it void, and no others', async (place) => {
      const { store } = given();
      const source = `source${place}-${next++}`;
      const mine = [entityKey('1', 'a', 't', source), entityKey('1', 'b', 't', source)];
      const stranger = fresh();
      for (const key of [...mine, stranger]) await load(store, key, 'old');
      await store.drop([mine[0]?.tags[place] ?? '']);
      expect(await dataOf(store, ...mine, stranger)).toEqual([null, null, 'old']);
      for (const key of mine) await load(store, key, 'new');
      expect(await dataOf(store, ...mine)).toEqual(['new', 'new']);
    });

    test.each([0, 1, 2])('a load that began before tag %i was dropped is not kept', async (place) => {
      const { store } = given();
      const key = entityKey('1', 'a', 't', `race${place}-${next++}`);
      const [before] = await store.read([key]);
      await store.drop([key.tags[place] ?? '']);
      await store.write([
        { key, entry: { data: 'old', loadedAt: 1 }, generation: before?.generation ?? '', keepMs: 60_000 },
      ]);
      expect(await dataOf(store, key)).toEqual([null]);
      const [after] = await store.read([key]);
      expect(after?.generation).not.toBe(before?.generation);
    });

    test('a load that began before a drop does not push out what was loaded after it', async () => {
      const { store } = given();
      const key = fresh();
      const [before] = await store.read([key]);
      await store.drop([key.tags[0] ?? '']);
      await load(store, key, 'new');
      await store.write([
        { key, entry: { data: 'old', loadedAt: 1 }, generation: before?.generation ?? '', keepMs: 60_000 },
      ]);
      expect(await dataOf(store, key)).toEqual(['new']);
    });

    test('a drop in the middle of a read and a write leaves nothing old behind', async () => {
      const { store } = given();
      for (let round = 0; round < 30; round++) {
        const key = fresh();
        const loading = load(store, key, 'old');
        const dropping = store.drop([key.tags[0] ?? '']);
        await dropping;
        const after = load(store, key, 'new');
        await Promise.all([loading, after]);
        await store.drop([key.tags[0] ?? '']);
        expect(await dataOf(store, key)).toEqual([null]);
      }
    });

    test('a generation nobody gave out keeps nothing', async () => {
      const { store } = given();
      const key = fresh();
      await store.write([{ key, entry: { data: 'x', loadedAt: 1 }, generation: 'made up', keepMs: 60_000 }]);
      expect(await dataOf(store, key)).toEqual([null]);
    });

    test('two processes share what they keep and what they drop', async () => {
      const { store, other } = given();
      if (other === null) return;
      const key = fresh();
      await load(store, key, 'shared');
      expect(await dataOf(other, key)).toEqual(['shared']);
      const [before] = await store.read([key]);
      await other.drop([key.tags[0] ?? '']);
      await shortly(async () => (await dataOf(store, key))[0] === null);
      await store.write([
        { key, entry: { data: 'old', loadedAt: 1 }, generation: before?.generation ?? '', keepMs: 60_000 },
      ]);
      expect(await dataOf(store, key)).toEqual([null]);
      expect(await dataOf(other, key)).toEqual([null]);
    });
  });
}

/** What another process dropped is heard of after a moment. */
async function shortly(isSo: () => Promise<boolean>) {
  for (let tries = 0; tries < 200 && !(await isSo()); tries++) await sleep(5);
  expect(await isSo()).toBe(true);
}
