import type { Fault, System } from '../errors.ts';
import type { Read } from '../freshness.ts';
import type { CacheKind } from './key.ts';
import type { Tag } from './store.ts';

/** A value with what is known of how it was read. Nobody can change it, as all readers share it. */
export interface Reading<Value> extends Read {
  value: Value;
}

/** What one key of a read came to. */
export type Outcome<Value> = Reading<Value> | { failure: unknown };

/** Something that a cache can be asked for. Made once for the process. */
export interface Cached<Item, Value> {
  /** The item's values, in the order of the items; those that must be loaded are loaded in one call. Never rejects. */
  read(items: readonly Item[]): Promise<Outcome<Value>[]>;
  /** What makes an item void when it is dropped: the entity itself, and what it is made from. */
  tagsOf(item: Item): readonly Tag[];
}

export interface CachedOptions<Item, Value> {
  /** Kinds may differ between items; each is described by an object that stays the same. */
  kindOf(item: Item): CacheKind;
  idOf(item: Item): string;
  /** Values in the order of the items; null for what does not exist, an error for what alone could not be read. */
  load(items: readonly Item[]): Promise<readonly (Value | Error)[]>;
}

/**
 * Keeps what a system of record said, below all permissions. Fresh entries are given out; older ones are given out
 * marked, at once while they are being refreshed and else when the system does not answer in time; one load per entry
 * is under way in a process.
 */
export interface Cache {
  of<Item, Value>(options: CachedOptions<Item, Value>): Cached<Item, Value>;
  /**
   * Makes void everything that has one of the tags, in all processes, along with lists of the entities' types. In this
   * process it holds from the moment of the call. Never rejects.
   */
  drop(tags: readonly Tag[]): Promise<void>;
}

/** Hears what the cache does, for figures. */
export interface CacheObserver {
  /** A value was given out, which was so old, to somebody who had waited for so long. */
  served(read: Read, ageMs: number, waitedMs: number): void;
  /** Nothing was kept that could be given out. */
  missed(source: System): void;
  /** A load brought something. */
  loaded(source: System): void;
  /** A load, or a part of it, did not; `internal` is a mistake of ours. */
  failed(source: System, fault: Fault | 'internal'): void;
}
