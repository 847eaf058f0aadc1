import { compileFetch } from '../execute/compile-fetch.ts';
import { withFetch } from '../execute/compile-plan.ts';
import { sendTogether } from '../execute/fetch-together.ts';
import type { PlanParts } from '../execute/parts.ts';
import type { PreparedFetch } from '../execute/prepared-fetch.ts';
import type { Step } from '../execute/run.ts';
import { sendFetch } from '../execute/send-fetch.ts';
import type { PlannedFetch } from './fetches.ts';
import type { Part, Parts } from './parts.ts';

/** A request of a plan, sent as soon as those before it are over. */
export interface ScheduledStep {
  step: Step;
  /** Steps, by number, that come before it; their numbers are smaller. */
  after: readonly number[];
}

/** What a part waits for. */
export interface Waiting {
  part: Part;
  /** The steps that bring its values. */
  steps: number[];
  /** Its objects that other steps can bring too: one that is still missing may come with them. */
  objects: { path: string[]; steps: number[] }[];
}

export interface Schedule {
  steps: ScheduledStep[];
  waiting(part: Part): Waiting;
}

/** The numbers of the fetches that a part needs, those before them included; undefined when one of its values is nobody's. */
export function fetchesOf({ leaves }: Part, fetches: readonly PlannedFetch[]): Set<number> | undefined {
  const needed = new Set<number>();
  const add = (number: number) => {
    if (needed.has(number)) return;
    needed.add(number);
    for (const earlier of fetches[number]?.after ?? []) add(earlier);
  };
  for (const leaf of leaves) {
    const bringing = [...fetches.keys()].filter((number) => fetches[number]?.leaves.has(leaf));
    // The type of an object that can be one of several may be told by its fields alone.
    if (bringing.length === 0 && !leaf.endsWith('__typename')) return undefined;
    for (const number of bringing) add(number);
  }
  return needed;
}

/** Fetches of entities of one stage travel together when they go to one subgraph and the same parts wait for them. */
export function createSchedule(
  fetches: readonly PlannedFetch[],
  { first, deferred }: Parts,
  planParts: PlanParts,
): Schedule {
  const parts = [first, ...[...deferred.values()].flatMap((places) => [...places.values()])];
  const needed = new Map(parts.map((part) => [part, fetchesOf(part, fetches) ?? new Set<number>()]));
  const groups = groupFetches(fetches, (number) => parts.map((part) => needed.get(part)?.has(number)).join());
  const groupOf = new Map(groups.flatMap((numbers, group) => numbers.map((number) => [number, group] as const)));
  const groupsOf = (numbers: Iterable<number>) => [
    ...new Set([...numbers].map((number) => groupOf.get(number) as number)),
  ];

  return {
    steps: groups.map((numbers) => ({
      step: compileGroup(
        numbers.map((number) => fetches[number] as PlannedFetch),
        planParts,
      ),
      after: groupsOf(numbers.flatMap((number) => fetches[number]?.after ?? [])),
    })),
    waiting(part) {
      const steps = groupsOf(needed.get(part) ?? []);
      const objects = [...part.objects].map((place) => {
        const bringing = [...fetches.keys()].filter((number) => fetches[number]?.objects.has(place));
        return { path: place.split('.'), steps: groupsOf(bringing).filter((step) => !steps.includes(step)) };
      });
      return { part, steps, objects: objects.filter((object) => object.steps.length > 0) };
    },
  };
}

function groupFetches(fetches: readonly PlannedFetch[], waitersOf: (number: number) => string): number[][] {
  const groups = Map.groupBy(fetches.keys(), (number) => {
    const { node, stage } = fetches[number] as PlannedFetch;
    if (!travelsWithOthers(node)) return number;
    return JSON.stringify([stageNumber(fetches, stage), node.serviceName, waitersOf(number)]);
  });
  return [...groups.values()];
}

const travelsWithOthers = ({ requires, operationKind, contextRewrites }: PlannedFetch['node']) =>
  requires !== undefined && operationKind === 'query' && !contextRewrites;

const stageNumber = (fetches: readonly PlannedFetch[], stage: PlannedFetch['stage']) =>
  fetches.findIndex((fetch) => fetch.stage === stage);

function compileGroup(group: PlannedFetch[], parts: PlanParts): Step {
  const compiled = group.map(({ node, path }) => compileFetch(node, path, parts));
  const [only] = compiled;
  if (only && compiled.length === 1) return (run) => sendFetch(only, run);
  return sendTogether(compiled.reduce<PreparedFetch[]>(withFetch, []));
}
