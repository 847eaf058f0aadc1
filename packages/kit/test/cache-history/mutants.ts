import { createJudge } from '../../src/cache/age.ts';
import { createAilments } from '../../src/cache/ailments.ts';
import { createFlights } from '../../src/cache/flights.ts';
import type { Parts } from '../../src/cache/reader.ts';
import { tooLate } from '../../src/cache/reader.ts';
import type { Mutation } from './processes.ts';
import { ages } from './vendor.ts';

const nothing = () => undefined;
const givenUp = () => tooLate('NETSUITE');

/** A fence and loads that know nothing of drops. */
const deaf = ({ fence, flights }: Parts) => ({
  fence: { ...fence, refuses: () => false },
  flights: { ...flights, drop: nothing },
});

type Judge = Parts['judge'];
const judging = (judge: Judge, change: (judgement: ReturnType<Judge['kept']>) => object): { judge: Judge } => ({
  judge: { ...judge, kept: (...given) => ({ ...judge.kept(...given), ...change(judge.kept(...given)) }) },
});

/** The same loads for everybody who asks for a key, as `joins` says. */
const joining = (parts: Parts, joins: { generation?: string; freshForMs?: number }): Pick<Parts, 'flights'> => ({
  flights: {
    ...parts.flights,
    join: (wanted, crew) =>
      parts.flights.join(
        wanted.map((want) => ({ ...want, ...joins, want })),
        {
          load: (missing) => crew.load(missing.map(({ want }) => want)),
          keep: (landed) => crew.keep(landed.map(({ want: { want }, entry }) => ({ want, entry }))),
        },
      ),
  },
});

/** Caches that each break one promise, and how that is told. */
export const mutants: readonly [does: string, breaks: string, mutate: Mutation][] = [
  [
    'does not say that a value is old',
    'past fresh and unflagged',
    ({ judge }) => judging(judge, ({ usable }) => ({ fresh: usable, old: false })),
  ],
  ['gives out what is too old to be given out', 'past kept', ({ judge }) => judging(judge, () => ({ usable: true }))],
  [
    'keeps what was loaded before a drop',
    'after the drop of',
    (parts) => ({
      ...deaf(parts),
      store: {
        ...parts.store,
        async write(writes) {
          const found = await parts.store.read(writes.map(({ key }) => key));
          await parts.store.write(writes.map((write, at) => ({ ...write, generation: found[at]?.generation ?? '' })));
        },
      },
    }),
  ],
  ['drops nothing', 'after the drop of', () => ({ drop: async () => undefined })],
  [
    'drops an entity and not the lists that it is in',
    'after the drop of',
    ({ store }) => ({
      drop: async (tags) => void (await store.drop(tags)),
    }),
  ],
  ['leaves it to the store to drop', 'after the drop of', (parts) => deaf(parts)],
  [
    'loads for everybody',
    'loaded twice at once',
    ({ clock, after }) => ({
      flights: {
        join: (wanted, crew) => createFlights({ steady: clock, after, givenUp }).join(wanted, crew),
        drop: nothing,
        size: () => 0,
      },
    }),
  ],
  [
    'joins loads from before a drop',
    'after the drop of',
    (parts) => ({
      ...deaf(parts),
      ...joining({ ...parts, ...deaf(parts) }, { generation: '' }),
    }),
  ],
  ['joins loads however old they are', 'joined a load that began', (parts) => joining(parts, { freshForMs: 59_000 })],
  [
    'waits for loads that never end',
    'never',
    ({ clock }) => ({
      flights: createFlights({ steady: clock, after: () => nothing, givenUp }),
    }),
  ],
  [
    'counts the age from the end of the load',
    'is told as',
    ({ loading, clock }) => ({
      loading: async (requests, load) =>
        (await loading(requests, load)).map((one) => (one instanceof Error ? one : { ...one, loadedAt: clock() })),
    }),
  ],
  [
    'keeps errors',
    'an error as data',
    ({ loading, clock }) => ({
      loading: async (requests, load) =>
        (await loading(requests, load)).map((one) =>
          one instanceof Error ? { data: { error: one.message }, loadedAt: clock() } : one,
        ),
    }),
  ],
  [
    'lets readers hear of the store',
    'a reader heard of Error: the store',
    ({ store: safe }, { store }) => ({
      store: { ...safe, read: (keys) => store.read(keys) },
    }),
  ],
  [
    'lets writers hear of the store',
    'a writer heard of Error: the store',
    (_, { store }) => ({ drop: (tags) => store.drop(tags) }),
  ],
  [
    'spreads the ends of entries past their time',
    'past fresh and unflagged',
    () => ({
      judge: createJudge({ ...ages, freshForMs: 1.25 * ages.freshForMs, freshForMsOf: { order: 15_000 } }),
    }),
  ],
  [
    'keeps what does not exist like anything else',
    'past kept',
    ({ judge }) => ({
      judge: { ...judge, kept: (kind, ...rest) => judge.kept({ ...kind, isMissing: () => false }, ...rest) },
    }),
  ],
  [
    'keeps all fields under one key',
    'the value of another key',
    ({ keyOf }) => ({ keyOf: (kind, id) => keyOf({ ...kind, fields: [] }, id) }),
  ],
  [
    'tells fields apart by the first',
    'the value of another key',
    ({ keyOf }) => ({
      keyOf: (kind, id) => keyOf({ ...kind, fields: kind.fields.slice(0, 1) }, id),
    }),
  ],
  ['asks a vendor that is to be spared', 'that was to be spared', () => ({ isSparing: () => false })],
  [
    'blames everything on the last failure of anything',
    'which never happened',
    ({ loading, clock }) => {
      const shared = createAilments(clock);
      return {
        ailments: { ...shared, of: () => shared.of('any') },
        loading: async (requests, load) => {
          const results = await loading(requests, load);
          for (const one of results)
            if (one instanceof Error && 'fault' in one) shared.failed('any', one.fault as 'busy');
          return results;
        },
      };
    },
  ],
];
