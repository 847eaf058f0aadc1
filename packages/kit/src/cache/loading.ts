import type { System } from '../errors.ts';
import { asLoadError, UpstreamError } from '../errors.ts';
import type { Ailments } from './ailments.ts';
import type { CachedOptions, CacheObserver } from './cache.ts';
import { freeze } from './freeze.ts';
import type { CacheKind } from './key.ts';
import type { CacheEntry } from './store.ts';

/** What is to be loaded. */
export interface Request<Item> {
  item: Item;
  kind: CacheKind;
}

/** Loads in one call. Never rejects: what could not be loaded is an error, and an error is never a value. */
export type Loading = <Item, Value>(
  requests: readonly Request<Item>[],
  load: CachedOptions<Item, Value>['load'],
) => Promise<(CacheEntry | Error)[]>;

export interface LoadingOptions {
  source: System;
  clock: () => number;
  steady: () => number;
  ailments: Ailments;
  observer: CacheObserver | undefined;
}

export function createLoading({ source, clock, steady, ailments, observer }: LoadingOptions): Loading {
  function note(requests: readonly Request<unknown>[], values: readonly unknown[]) {
    const faults = new Set<ReturnType<typeof faultOf>>();
    const worked = new Set<string>();
    for (const [at, { kind }] of requests.entries()) {
      const value = values[at];
      if (!(value instanceof Error)) {
        worked.add(kind.entityType);
        continue;
      }
      const fault = faultOf(value);
      faults.add(fault);
      if (fault !== 'internal') ailments.failed(kind.entityType, fault);
    }
    for (const entityType of worked) ailments.worked(entityType);
    for (const fault of faults) observer?.failed(source, fault);
    if (worked.size > 0) observer?.loaded(source);
  }

  return async (requests, load) => {
    const beganAt = clock();
    const began = steady();
    const values = await settle(requests, load);
    const now = clock();
    // Where the clock was set back meanwhile, what counts is how long it really took.
    const loadedAt = now < beganAt ? now - (steady() - began) : beganAt;
    note(requests, values);
    return values.map((value) => (value instanceof Error ? value : { data: freeze(value), loadedAt }));
  };
}

async function settle<Item, Value>(
  requests: readonly Request<Item>[],
  load: CachedOptions<Item, Value>['load'],
): Promise<unknown[]> {
  try {
    const values = await load(requests.map(({ item }) => item));
    if (values.length !== requests.length)
      throw new Error('a load gave another number of values than it was asked for');
    return values.map((value) => value ?? null);
  } catch (error) {
    const failure = asLoadError(error);
    return requests.map(() => failure);
  }
}

const faultOf = (error: Error) => (error instanceof UpstreamError ? error.fault : 'internal');
