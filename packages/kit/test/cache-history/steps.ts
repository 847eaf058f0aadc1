import fc from 'fast-check';
import type { Fault } from '../../src/errors.ts';

/** What is read: one of a few entities, in one of a few kinds. */
export interface Item {
  id: string;
  kind: number;
}

export type VendorMode =
  | { mode: 'well' | 'absent' | 'partly'; ms: number }
  | { mode: 'failing'; ms: number; fault: Fault | 'internal' }
  | { mode: 'hung' };

export type StoreMode = 'well' | 'throws' | 'rejects' | 'misses' | 'forgets';

/** What happens next, without waiting for what is under way. */
export type Step =
  | { does: 'read'; process: number; items: Item[] }
  /** The record changes at the vendor, and the one who changed it says so. */
  | { does: 'write'; process: number; id: string; drops: 'entity' | 'type' | 'source' }
  /** It changes, and nobody says so. */
  | { does: 'change' }
  | { does: 'vendor'; is: VendorMode }
  | { does: 'store'; process: number; is: StoreMode }
  | { does: 'far'; open: boolean }
  /** The vendor's quota is nearly used up, or starts again. */
  | { does: 'spare'; sparing: boolean }
  | { does: 'wait'; ms: number };

export interface History {
  /** Two processes over a shared store, or one with its own. */
  processes: 1 | 2;
  /** How long the shared store takes, and how long messages do. */
  farMs: number;
  busMs: number;
  steps: Step[];
}

const id = fc.constantFrom('1', '2', 'ö{}');
const process = fc.nat(1);
const item = fc.record({ id, kind: fc.nat(3) });
const vendorMode: fc.Arbitrary<VendorMode> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ mode: fc.constant('well' as const), ms: fc.constantFrom(0, 5, 5, 300, 1500) }) },
  {
    weight: 2,
    arbitrary: fc.record({ mode: fc.constant('well' as const), ms: fc.constantFrom(6000, 31_000, 50_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ mode: fc.constantFrom('absent' as const, 'partly' as const), ms: fc.constantFrom(5, 1500) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      mode: fc.constant('failing' as const),
      ms: fc.constantFrom(0, 20, 5000),
      fault: fc.constantFrom<Fault | 'internal'>('unavailable', 'timeout', 'busy', 'malformed', 'rejected', 'internal'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ mode: 'hung' as const }) },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      does: fc.constant('read' as const),
      process,
      items: fc.array(item, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('write' as const),
      process,
      id,
      drops: fc.constantFrom('entity' as const, 'entity' as const, 'type' as const, 'source' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: 'change' as const }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('vendor' as const), is: vendorMode }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('store' as const),
      process,
      is: fc.constantFrom<StoreMode>('well', 'well', 'throws', 'rejects', 'misses', 'forgets'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('far' as const), open: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('spare' as const), sparing: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      ms: fc.constantFrom(0, 1, 10, 60, 500, 1000, 4200, 5500, 10_000, 25_000, 29_500, 31_000, 61_000, 100_000),
    }),
  },
);

export const histories: fc.Arbitrary<History> = fc.record({
  processes: fc.constantFrom(1, 2, 2),
  farMs: fc.constantFrom(0, 1, 20),
  busMs: fc.constantFrom(0, 5, 200),
  steps: fc.array(step, { minLength: 4, maxLength: 40, size: 'max' }),
});
