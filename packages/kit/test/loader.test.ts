import fc from 'fast-check';
import { chunk, createBatchLoader, groupRows, pickRows } from '../src/loader.ts';

interface Row {
  id: string;
  owner: string;
}

type Load = (keys: readonly string[]) => Promise<readonly Row[]>;
type Read = (row: Row) => string;
const createLoader = ({ load, keyOf }: { load: Load; keyOf: Read }) =>
  createBatchLoader(async (asked: readonly string[]) => pickRows(asked, await load(asked), keyOf));
const createGroupLoader = ({ load, keyOf, idOf }: { load: Load; keyOf: Read; idOf: Read }) =>
  createBatchLoader(async (asked: readonly string[]) => groupRows(asked, await load(asked), keyOf, idOf));

const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
/** Any answer a vendor could give: rows of some keys, in any order, any number of times, and of keys nobody asked for. */
const answers = fc.array(fc.record({ id: fc.string({ minLength: 1 }), owner: fc.constantFrom(...keys, 'stranger') }), {
  maxLength: 200,
});

test('whatever order, gaps and doubles an answer has, a key gets its own row or none', async () => {
  await fc.assert(
    fc.asyncProperty(answers, async (rows: Row[]) => {
      const loader = createLoader({ load: async () => rows, keyOf: (row) => row.owner });
      const got = await loader.loadMany(keys);
      got.forEach((row, index) => {
        if (row instanceof Error) throw row;
        const own = rows.filter(({ owner }) => owner === keys[index]);
        expect(row).toBe(own[0] ?? null);
      });
    }),
  );
});

test('groups hold every row of their key once and no other', async () => {
  await fc.assert(
    fc.asyncProperty(answers, async (rows: Row[]) => {
      const loader = createGroupLoader({ load: async () => rows, keyOf: (row) => row.owner, idOf: (row) => row.id });
      const got = (await loader.loadMany(keys)) as Row[][];
      got.forEach((group, index) => {
        expect(group.every(({ owner }) => owner === keys[index])).toBe(true);
        const ids = new Set(rows.filter(({ owner }) => owner === keys[index]).map(({ id }) => id));
        expect(new Set(group.map(({ id }) => id))).toEqual(ids);
        expect(group).toHaveLength(ids.size);
      });
    }),
  );
});

test('all keys of a tick travel in one call', async () => {
  const calls: number[] = [];
  const loader = createLoader({
    load: async (asked) => {
      calls.push(asked.length);
      return [];
    },
    keyOf: (row) => row.owner,
  });
  await Promise.all([...keys, ...keys].map((key) => loader.load(key)));
  expect(calls).toEqual([40]);
});

test('a failed call is not made again for keys that were part of it', async () => {
  let calls = 0;
  const load = async (): Promise<Row[]> => {
    calls += 1;
    throw new Error('the vendor is dead');
  };
  const one = createLoader({ load, keyOf: (row) => row.owner });
  const many = createGroupLoader({ load, keyOf: (row) => row.owner, idOf: (row) => row.id });
  for (const loader of [one, many]) {
    calls = 0;
    for (let turn = 0; turn < 3; turn += 1) {
      const results = await Promise.allSettled(keys.map((key) => loader.load(key)));
      expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    }
    expect(calls).toBe(1);
    await expect(loader.load('another')).rejects.toThrow('the vendor is dead');
    expect(calls).toBe(2);
  }
});

test('chunks hold everything in order', () => {
  expect(chunk([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(chunk([], 2)).toEqual([]);
});
