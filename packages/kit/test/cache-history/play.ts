import { anyOf, entityTag, sourceTag, tagsDroppedWith, typeTag } from '../../src/cache/key.ts';
import type { Tag } from '../../src/cache/store.ts';
import type { Mutation, Process } from './processes.ts';
import { createProcess } from './processes.ts';
import { judgeHanded } from './rules.ts';
import { createShared } from './shared.ts';
import type { History, Item, Step } from './steps.ts';
import { createTimeline } from './timeline.ts';
import { createVendor, freshForMsOf, kinds } from './vendor.ts';

const source = 'NETSUITE';

/** Plays a history and says what broke a promise. */
export async function play({ processes: count, farMs, busMs, steps }: History, mutate: Mutation): Promise<string[]> {
  const time = createTimeline();
  const vendor = createVendor(time);
  const shared = count > 1 ? createShared(time, { farMs, busMs }) : null;
  const wrong: string[] = [];
  const floors = createFloors();
  const watch = watchFlights(wrong, time.now, () => shared?.far.isOpen() ?? true);
  const processes = Array.from(
    { length: count },
    (_, number): Process =>
      createProcess({ time, vendor, shared, mutate }, number, (tags, version) => {
        floors.promise('heard', number, tags, version);
        watch.disturbed();
      }),
  );
  vendor.onCall(watch.called);
  let underWay = 0;

  const read = async (number: number, items: readonly Item[]) => {
    const askedAt = time.now();
    const before = items.map((item) => floors.of(number, item, processes[number]?.speaks() ?? false));
    underWay += 1;
    try {
      const outcomes = await processes[number]?.things.read(items);
      for (const [at, item] of items.entries()) {
        const handed = {
          process: number,
          item,
          outcome: outcomes?.[at],
          askedAt,
          now: time.now(),
          floor: before[at] ?? 0,
        };
        wrong.push(...judgeHanded(handed, vendor));
      }
    } catch (error) {
      wrong.push(`a reader heard of ${String(error)}`);
    }
    underWay -= 1;
  };

  const write = async (number: number, id: string, drops: 'entity' | 'type' | 'source') => {
    const version = vendor.change();
    const tag = {
      entity: entityTag(source, 'customer', id),
      type: typeTag(source, 'customer'),
      source: sourceTag(source),
    }[drops];
    watch.disturbed();
    const dropping = processes[number]?.cache.drop([tag]);
    floors.promise('own', number, tagsDroppedWith([tag]), version);
    await dropping?.catch((error: unknown) => wrong.push(`a writer heard of ${String(error)}`));
    watch.disturbed();
  };

  const take = async (step: Step) => {
    const number = 'process' in step ? step.process % count : 0;
    if (step.does === 'wait') return time.pass(step.ms);
    if (step.does === 'read') void read(number, step.items);
    if (step.does === 'write') void write(number, step.id, step.drops);
    if (step.does === 'change') vendor.change();
    if (step.does === 'vendor') vendor.is(step.is);
    if (step.does === 'spare') vendor.spare(step.sparing);
    if (step.does === 'store') processes[number]?.is(step.is);
    if (step.does === 'far') await shared?.setOpen(step.open);
    if (step.does === 'store' || step.does === 'far') watch.disturbed();
    await time.pass(0);
  };

  for (const step of steps) await take(step);
  // Loads that hang are given up, and nothing is left of them.
  await time.pass(400_000);
  if (underWay > 0) wrong.push(`${underWay} readers never heard anything`);
  const left = processes.reduce((sum, { parts }) => sum + parts.flights.size(), 0);
  if (left > 0) wrong.push(`${left} loads are never forgotten`);
  return wrong;
}

/** What a reader in a process may not see any more. */
function createFloors() {
  const promised = new Map<string, number>();
  return {
    promise(by: 'own' | 'heard', process: number, tags: readonly Tag[], version: number) {
      for (const tag of tags) {
        const name = `${by} ${process} ${tag}`;
        promised.set(name, Math.max(version, promised.get(name) ?? 0));
      }
    },
    /** A store that says nothing cannot tell what others dropped either. */
    of(process: number, { id, kind }: Item, storeSpeaks: boolean) {
      const { entityType = '' } = kinds[kind] ?? {};
      const tags = [entityTag(source, entityType, id), typeTag(source, entityType), sourceTag(source)];
      if (entityType === 'list') tags.push(anyOf(source, 'customer'));
      const of = (by: string) => tags.map((tag) => promised.get(`${by} ${process} ${tag}`) ?? 0);
      return Math.max(...of('own'), ...(storeSpeaks ? of('heard') : []));
    },
  };
}

/** Sees that a key is loaded once at a time in a process, unless something happened in between or a store is away. */
function watchFlights(wrong: string[], now: () => number, isWhole: () => boolean) {
  const calls = new Map<string, { beganAt: number; call: { endedAt: number } }>();
  let disturbedAt = 0;
  return {
    disturbed() {
      disturbedAt = now();
    },
    called(call: { process: number; items: readonly Item[]; beganAt: number; endedAt: number }) {
      for (const item of call.items) {
        const key = `${call.process} ${item.kind} ${item.id}`;
        const last = calls.get(key);
        const isQuiet = last && isWhole() && disturbedAt < last.beganAt - 500;
        if (last && isQuiet && last.call.endedAt > now() && now() - last.beganAt < freshForMsOf(item)) {
          wrong.push(`${key} is loaded twice at once`);
        }
        calls.set(key, { beganAt: call.beganAt, call });
      }
    },
  };
}
