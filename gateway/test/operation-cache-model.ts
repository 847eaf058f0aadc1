import { createMemoryBus } from '@customer360/kit/bus/memory-bus';
import { createLogger } from '@customer360/kit/logger';
import fc from 'fast-check';
import type { JsonObject } from '../src/execute/json.ts';
import type { FreshnessPlace } from '../src/operation-cache/freshness-places.ts';
import type { AnswerKey, NewAnswer, OperationCache } from '../src/operation-cache/operation-cache.ts';
import { createOperationCache, printKey } from '../src/operation-cache/operation-cache.ts';

/** One thing that happens, after a pause. */
export type Happening = { afterMs: number } & (
  | { kind: 'ask'; ask: number; tookMs: number; readAgoMs: number; oldCopy: boolean }
  | { kind: 'write'; entity: number }
);

/** What a cache is tried with; a mutant changes one of them. */
export interface Tried {
  print(key: AnswerKey): string;
  change(answer: NewAnswer): NewAnswer;
  deaf: boolean;
}

export const honest: Tried = { print: printKey, change: (answer) => answer, deaf: false };

const freshForMs = 10_000;
/** A copy of a subgraph may give the old value for so long after a write. */
const skewMs = 900;
const places: FreshnessPlace[] = [{ path: ['f'], age: new Set(['ageSeconds']), origin: new Set(['origin']) }];

/** Requests that differ in one thing each; what they read is one of two entities. */
const asks: (AnswerKey & { entity: number })[] = [];
for (const graphId of ['g1', 'g2']) {
  for (const scopes of [[], ['finance:read'], ['finance:read', 'sales:read'], ['finance:sensitive', 'finance:read']]) {
    for (const entity of [0, 1]) {
      for (const operationName of ['One', 'Two']) {
        const query = 'query One($e: ID!) { a(e: $e) } query Two($e: ID!) { b(e: $e) }';
        asks.push({ graphId, scopes, query, operationName, variables: { e: String(entity) }, entity });
      }
    }
  }
}

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      afterMs: fc.integer({ min: 0, max: 2500 }),
      ask: fc.integer({ min: 0, max: asks.length - 1 }),
      tookMs: fc.integer({ min: 0, max: 800 }),
      readAgoMs: fc.integer({ min: 0, max: freshForMs - 1 }),
      oldCopy: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      afterMs: fc.integer({ min: 0, max: 2500 }),
      entity: fc.integer({ min: 0, max: 1 }),
    }),
  },
);
export const histories = fc.array(happening, { minLength: 2, maxLength: 40 });

/** Plays a history and tells the first thing that no caller may ever be given; undefined when there is none. */
export function faultOf(history: readonly Happening[], tried: Tried): string | undefined {
  let now = 1_000_000;
  const versions = [0, 0];
  const writtenAt = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const bus = createMemoryBus(createLogger('model', 'silent'));
  const cache = createOperationCache({ maxBytes: 1_000_000, bus: tried.deaf ? undefined : bus, clock: () => now });
  let running: { endsAt: number; end(): void }[] = [];
  const advanceTo = (time: number) => {
    for (const one of running.filter(({ endsAt }) => endsAt <= time).sort((a, b) => a.endsAt - b.endsAt)) {
      now = Math.max(now, one.endsAt);
      one.end();
    }
    running = running.filter(({ endsAt }) => endsAt > time);
    now = time;
  };

  for (const event of history) {
    advanceTo(now + event.afterMs);
    if (event.kind === 'write') {
      versions[event.entity] = (versions[event.entity] ?? 0) + 1;
      writtenAt[event.entity] = now;
      void bus.publish('cache.drop', [`crm:thing:{${event.entity}}`]);
      continue;
    }
    const ask = asks[event.ask] as (typeof asks)[number];
    const key = tried.print(ask);
    const kept = cache.get(key);
    if (kept) {
      const fault = judge(JSON.parse(kept.body), ask, versions[ask.entity] ?? 0, now);
      if (fault) return fault;
      continue;
    }
    running.push(begin(event, ask, key, cache, tried));
  }
  return undefined;

  function begin(
    event: Happening & { kind: 'ask' },
    ask: (typeof asks)[number],
    key: string,
    to: OperationCache,
    { change }: Tried,
  ) {
    const beganAt = now;
    const version = versions[ask.entity] ?? 0;
    const isOld = event.oldCopy && now - (writtenAt[ask.entity] ?? 0) < skewMs;
    const loadedAt = beganAt - event.readAgoMs;
    const endsAt = beganAt + event.tookMs;
    const end = () => {
      const data: JsonObject = {
        says: saysOf(ask, isOld ? version - 1 : version),
        loadedAt,
        f: { origin: 'CACHE', ageSeconds: Math.ceil((endsAt - loadedAt) / 1000) },
      };
      const heard = {
        note: () => undefined,
        since: endsAt,
        until: endsAt,
        freshForMs: loadedAt + freshForMs - beganAt,
        tags: new Set([`crm:thing:{${ask.entity}}`]),
        sources: new Map(),
      };
      to.put(key, change({ answer: { data }, operation: undefined, heard, places, beganAt }));
    };
    return { endsAt, end };
  }
}

const saysOf = ({ graphId, scopes, operationName, entity }: (typeof asks)[number], version: number) =>
  `${graphId} ${[...scopes].sort().join('+')} ${operationName} ${entity} v${version}`;

function judge({ data }: { data: JsonObject }, ask: (typeof asks)[number], version: number, now: number) {
  const { says, loadedAt, f } = data as { says: string; loadedAt: number; f: { ageSeconds: number } };
  if (says !== saysOf(ask, version)) return `"${says}" instead of "${saysOf(ask, version)}"`;
  const age = now - loadedAt;
  if (age >= freshForMs) return `given out as fresh at ${age} ms`;
  if (f.ageSeconds < Math.floor(age / 1000)) return `said to be ${f.ageSeconds} s old at ${age} ms`;
  // Rounded up once when it was told and by the time that answers travel.
  if (f.ageSeconds * 1000 > age + 2050) return `said to be ${f.ageSeconds} s old at ${age} ms`;
  return undefined;
}
