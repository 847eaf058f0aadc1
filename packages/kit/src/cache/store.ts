/**
 * Names a group of entries that go together: `netsuite:customer:{0015000001}` for one entity, `salesforce:opportunity`
 * for all of a type, `salesforce` for all of a source. An id in it is encoded and stands in braces, which Redis Cluster
 * takes as the hash tag: everything about one entity lies on one node.
 */
export type Tag = string;

/** Where one entry is kept. */
export interface CacheKey {
  /** `{source}:{entityType}:{entityId}:{fieldsHash}`, the id in braces as in its tag. */
  text: string;
  /** Dropping any of these makes the entry void. The first is the entity's own. */
  tags: readonly Tag[];
}

/** What was read, and when the read began. */
export interface CacheEntry {
  /** A JSON value. Whoever gets it must not change it. */
  data: unknown;
  /** Milliseconds since 1970. */
  loadedAt: number;
}

/** What a store knows of one key. */
export interface Found {
  /** Stands for the state of the key's tags; another one after any of them was dropped. Never empty. */
  generation: string;
  /** Null when there is none, or none that was written under this generation. */
  entry: CacheEntry | null;
}

export interface CacheWrite {
  key: CacheKey;
  entry: CacheEntry;
  /** What `read` said before the values were loaded. An entry of an older generation is not kept. */
  generation: string;
  /** How long the entry may be given out at all, from now on. */
  keepMs: number;
}

/** Keeps entries. It never throws: what cannot be read is missing, what cannot be written is not kept. */
export interface CacheStore {
  /**
   * In the order of the keys, in one round trip. A store of several places goes on looking where what it found is not
   * enough, and gives the newest that it has seen. @param isEnough whatever is found unless given
   */
  read(keys: readonly CacheKey[], isEnough?: (entry: CacheEntry, index: number) => boolean): Promise<Found[]>;
  /** In one round trip. */
  write(writes: readonly CacheWrite[]): Promise<void>;
  /** Makes void every entry that has one of the tags, whatever its fields, and every load of one that is under way. */
  drop(tags: readonly Tag[]): Promise<void>;
  close(): Promise<void>;
}
