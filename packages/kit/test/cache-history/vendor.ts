import type { CacheKind } from '../../src/cache/key.ts';
import { anyOf } from '../../src/cache/key.ts';
import type { Fault } from '../../src/errors.ts';
import { UpstreamError } from '../../src/errors.ts';
import type { Item, VendorMode } from './steps.ts';
import type { Timeline } from './timeline.ts';

export const ages = {
  freshForMs: 30_000,
  freshForMsOf: { order: 12_000 },
  keptForMs: 120_000,
  staleWhileRevalidate: 1,
};

const isMissing = (value: unknown) => (value as Value).missing;

/** Two sets of fields of one entity, another type, and a list of all customers. */
export const kinds: readonly CacheKind[] = [
  { source: 'NETSUITE', entityType: 'customer', fields: ['a', 'b'], isMissing },
  { source: 'NETSUITE', entityType: 'customer', fields: ['a', 'c'], isMissing },
  { source: 'NETSUITE', entityType: 'order', fields: ['a'], isMissing },
  { source: 'NETSUITE', entityType: 'list', fields: [], alsoOf: [anyOf('NETSUITE', 'customer')], isMissing },
];

export const freshForMsOf = (item: Item) => (item.kind === 2 ? 12_000 : 30_000);

/** What the vendor said, with how that came about. */
export interface Value {
  id: string;
  kind: number;
  version: number;
  missing: boolean;
  call: Call;
}

/** One load. */
export interface Call {
  process: number;
  items: readonly Item[];
  beganAt: number;
  endedAt: number;
}

export interface Failure {
  process: number;
  entityType: string;
  fault: Fault | 'internal';
  at: number;
}

/** Knows the truth. */
export interface Vendor {
  /** Changes something; gives the version that all its records have from then on. */
  change(): number;
  version(): number;
  is(mode: VendorMode): void;
  load(process: number, items: readonly Item[]): Promise<(Value | Error)[]>;
  failures: Failure[];
  /** Called at the beginning of each call. */
  onCall(listen: (call: Call) => void): void;
  everHung(): boolean;
  spare(now: boolean): void;
  isSparing(): boolean;
  everSpared(): boolean;
  /** Whether it has been spared since before that moment. */
  sparedSince(moment: number): boolean;
}

export const mistake = 'a mistake of ours';

export function createVendor(time: Timeline): Vendor {
  let latest = 0;
  let mode: VendorMode = { mode: 'well', ms: 5 };
  let hung = false;
  let sparingFrom = Number.POSITIVE_INFINITY;
  let spared = false;
  let listener: (call: Call) => void = () => undefined;
  const failures: Failure[] = [];

  const errorOf = (fault: Fault | 'internal') =>
    fault === 'internal' ? new Error(mistake) : new UpstreamError('NETSUITE', fault, 'as the test says');

  return {
    failures,
    everHung: () => hung,
    spare(now) {
      sparingFrom = now ? Math.min(sparingFrom, time.now()) : Number.POSITIVE_INFINITY;
      spared ||= now;
    },
    isSparing: () => sparingFrom <= time.now(),
    sparedSince: (moment) => sparingFrom < moment,
    everSpared: () => spared,
    change: () => ++latest,
    version: () => latest,
    is(now) {
      mode = now;
    },
    onCall(listen) {
      listener = listen;
    },
    async load(process, items) {
      const is = mode;
      const call: Call = { process, items, beganAt: time.now(), endedAt: Number.POSITIVE_INFINITY };
      listener(call);
      // The older the better for finding faults: what was true when the call began.
      const values = items.map((item): Value => ({ ...item, version: latest, missing: is.mode === 'absent', call }));
      if (is.mode === 'hung') {
        hung = true;
        return new Promise(() => undefined);
      }
      await time.sleep(is.ms);
      call.endedAt = time.now();
      const fail = (item: Item, fault: Fault | 'internal') => {
        failures.push({ process, entityType: kinds[item.kind]?.entityType ?? '', fault, at: time.now() });
      };
      if (is.mode === 'failing') {
        for (const item of items) fail(item, is.fault);
        throw errorOf(is.fault);
      }
      return values.map((value, at) => {
        if (is.mode !== 'partly' || at > 0) return value;
        fail(value, 'malformed');
        return errorOf('malformed');
      });
    },
  };
}
