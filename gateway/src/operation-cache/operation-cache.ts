import type { Bus } from '@customer360/kit/bus/bus';
import { hearDrops } from '@customer360/kit/cache/dropped';
import { LRUCache } from 'lru-cache';
import type { JsonObject } from '../execute/json.ts';
import { encodedFrom } from '../http/encoded.ts';
import type { Heard } from '../provenance/heard.ts';
import type { AgedText } from './aged-text.ts';
import { ageText, textAfter } from './aged-text.ts';
import { createDrops, takes } from './drops.ts';
import type { FreshnessPlace } from './freshness-places.ts';

/** Everything that an answer depends on. */
export interface AnswerKey {
  /** The supergraph's. */
  graphId: string;
  /** All that the caller may see. */
  scopes: readonly string[];
  query: string;
  operationName: string | undefined;
  variables: Readonly<Record<string, unknown>>;
}

/** No two different requests have the same, whatever is in them. */
export const printKey = ({ graphId, scopes, operationName, variables, query }: AnswerKey): string =>
  JSON.stringify([graphId, [...scopes].sort(), operationName ?? null, variables, query]);

/** An answer as it is given out once more. */
export interface KeptAnswer {
  body: string;
  /** The body as it is sent, when it is long. */
  bytes: Buffer | undefined;
  operation: string | undefined;
}

export interface NewAnswer {
  /** The whole answer, without errors. It is changed, and of no use afterwards. */
  answer: JsonObject;
  operation: string | undefined;
  heard: Heard;
  /** Where it tells how old something is. */
  places: readonly FreshnessPlace[];
  /** When the operation began, on the monotonic clock. */
  beganAt: number;
}

/** Whole answers of queries, for as long as everything in them is as good as new. */
export interface OperationCache {
  get(key: string): KeptAnswer | undefined;
  put(key: string, answer: NewAnswer): void;
  /** Forgets everything, and all that is under way. */
  clear(): void;
  /** Answers that are kept. */
  readonly size: number;
  close(): void;
}

interface Kept {
  text: AgedText;
  /** As it was given out last: for a second, or for good when it has no ages, it reads the same. */
  given?: { seconds: number; answer: KeptAnswer };
  operation: string | undefined;
  tags: ReadonlySet<string>;
  /** When the first of its parts came; all of it is at least as old as it said then. */
  since: number;
  freshUntil: number;
}

export interface OperationCacheOptions {
  maxBytes: number;
  bus?: Bus | undefined;
  /** Hears whether a request found its answer. */
  onLook?(found: boolean): void;
  /** Hears of every drop. */
  onDrop?(): void;
  /** Monotonic milliseconds. @default performance.now */
  clock?(): number;
}

/** No answer of a subgraph is under way for longer, once it is written. */
const transitMs = 50;
/** All ages of an answer go on from when its first part came: with parts that came much later they would be wrong. */
const longestSpreadMs = 900;
/** What an entry costs beside its text: its key again, tags, and objects around them. */
const overheadBytes = 500;
/** A text is held in pieces, whole as it was given out last, and as bytes. */
const copies = 4;

function giveOut({ text, operation }: Kept, seconds: number): KeptAnswer {
  const body = textAfter(text, seconds);
  return { body, bytes: body.length >= encodedFrom ? Buffer.from(body) : undefined, operation };
}

export function createOperationCache(options: OperationCacheOptions): OperationCache {
  const { maxBytes, bus, onDrop, onLook, clock = () => performance.now() } = options;
  const drops = createDrops(clock);
  const byTag = new Map<string, Set<string>>();
  const entries = new LRUCache<string, Kept>({
    maxSize: Math.max(1, maxBytes),
    dispose: ({ tags }, key) => {
      for (const tag of tags) {
        const keys = byTag.get(tag);
        keys?.delete(key);
        if (keys?.size === 0) byTag.delete(tag);
      }
    },
  });

  function drop(tags: readonly string[]) {
    drops.note(tags);
    for (const tag of tags) {
      // A type's tag takes all its entities; an entity's, and that of whatever is made from a type, nothing else.
      const alone = tag.endsWith('}') || tag.endsWith(':any');
      const taken = alone ? [tag] : [...byTag.keys()].filter((known) => takes(tag, known));
      for (const one of taken) for (const key of [...(byTag.get(one) ?? [])]) entries.delete(key);
    }
    onDrop?.();
  }

  function clear() {
    drops.noteAll();
    entries.clear();
    onDrop?.();
  }

  const unsubscribe = bus && hearDrops(bus, { drop, all: clear });

  return {
    get(key) {
      const now = clock();
      const found = entries.get(key);
      const kept = found && now < found.freshUntil ? found : undefined;
      onLook?.(kept !== undefined);
      if (found && !kept) entries.delete(key);
      if (!kept) return undefined;
      const seconds = kept.text.ages.length > 0 ? Math.floor((now - kept.since + transitMs) / 1000) : 0;
      if (kept.given?.seconds !== seconds) kept.given = { seconds, answer: giveOut(kept, seconds) };
      return kept.given.answer;
    },
    put(key, { answer, operation, heard, places, beganAt }) {
      const { since, until, freshForMs } = heard;
      if (since === null || until === null || freshForMs <= 0) return;
      if (until - since > longestSpreadMs) return;
      const tags = new Set(heard.tags);
      if (drops.touched(tags, beganAt)) return;
      const text = ageText(answer, places);
      // What was told to be fresh for a time was so when it was sent, which was after the operation began.
      const kept = { text, operation, tags, since, freshUntil: beganAt + freshForMs };
      const size = copies * text.length + 2 * key.length + overheadBytes;
      if (size > maxBytes / 10) return;
      entries.set(key, kept, { size });
      for (const tag of tags) byTag.set(tag, (byTag.get(tag) ?? new Set()).add(key));
    },
    clear,
    get size() {
      return entries.size;
    },
    close: () => unsubscribe?.(),
  };
}
