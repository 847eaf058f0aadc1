import type { PlanNode } from '@apollo/query-planner';
import type { SelectionNode } from 'graphql';
import type { PlanParts } from '../execute/parts.ts';
import type { Complete } from '../execute/shape.ts';
import { compileObject } from '../execute/shape.ts';
import { isSkipped, isTrue, variableKey } from '../prepare/conditions.ts';
import type { Graph } from '../prepare/graph.ts';
import type { OperationParts } from '../prepare/operation.ts';
import type { DeferredNode } from './directive.ts';
import { isDeferred } from './directive.ts';
import { listFetches } from './fetches.ts';
import type { Part, Parts } from './parts.ts';
import { findParts } from './parts.ts';
import type { Schedule, Waiting } from './schedule.ts';
import { createSchedule, fetchesOf } from './schedule.ts';

/** How an operation is answered in parts, for one way in which its conditions turn out. */
export interface Deferral {
  /** What is answered first; it tells of the deferred fragments that it comes across. */
  shape: Complete;
  steps: Schedule['steps'];
  first: Waiting;
  /** Of a fragment at a place in the caller's response names. */
  deferred(node: DeferredNode, place: string): Waiting;
  parts: readonly Part[];
}

/** Ways in which the conditions of one operation turn out: each holds the fetches of its plan once more. */
const maxKept = 8;

type Values = Readonly<Record<string, unknown>>;

/**
 * Plans how the parts of an operation are answered: by the plan of the whole operation, each part as soon as the
 * fetches that bring its values are over. Null when nothing could be answered earlier than the rest.
 */
export function createDeferrals(
  { schema }: Graph,
  parts: OperationParts,
  plan: PlanNode,
  planParts: PlanParts,
  outerName: (inner: string) => string,
): (variables: Values) => Deferral | null {
  const keyOf = variableKey(parts, planParts.defaults);
  const known = new Map<string, Deferral | null>();

  function create(variables: Values): Deferral | null {
    const holds = (name: string) => isTrue(name, variables, planParts.defaults);
    const isIncluded = (node: SelectionNode) => !isSkipped(node, holds);
    const asked = (node: SelectionNode): node is DeferredNode => isDeferred(node, holds);
    const fetches = listFetches(plan, holds);
    const options = { ...parts, schema, outerName, isIncluded };
    const later = arrivingLater(findParts({ ...options, isDeferred: asked }), (part) => fetchesOf(part, fetches));
    if (later.size === 0) return null;

    const deferLater = (node: SelectionNode): node is DeferredNode => asked(node) && later.has(node);
    const found = findParts({ ...options, isDeferred: deferLater });
    const schedule = createSchedule(fetches, found, planParts);
    const root = schema.getRootType(parts.operation.operation);
    if (!root) return null;
    const all = allParts(found);
    const waiting = new Map(all.map((part) => [part, schedule.waiting(part)]));
    return {
      shape: compileObject(root, [parts.operation.selectionSet], { ...options, isDeferred: deferLater }),
      steps: schedule.steps,
      first: schedule.waiting(found.first),
      deferred(node, place) {
        const part = found.deferred.get(node)?.get(place);
        const known = part && waiting.get(part);
        if (!known) throw new Error(`A deferred fragment has no place at ${place}.`);
        return known;
      },
      parts: all,
    };
  }

  return (variables) => {
    const key = keyOf(variables);
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const deferral = create(variables);
    if (known.size >= maxKept) known.clear();
    known.set(key, deferral);
    return deferral;
  };
}

const allParts = ({ first, deferred }: Parts): Part[] => [
  first,
  ...[...deferred.values()].flatMap((places) => [...places.values()]),
];

/** The deferred fragments that need, somewhere, a fetch which what is around them does not. */
function arrivingLater(parts: Parts, fetchesOfPart: (part: Part) => Set<number> | undefined): Set<DeferredNode> {
  const needed = new Map<Part, Set<number>>();
  for (const part of allParts(parts)) {
    const numbers = fetchesOfPart(part);
    // A value that no fetch seems to bring: nothing can be said of when it is there.
    if (!numbers) return new Set();
    needed.set(part, numbers);
  }
  const later = new Set<DeferredNode>();
  for (const [part, numbers] of needed) {
    const isLater = [...part.within].some((around) => [...numbers].some((number) => !needed.get(around)?.has(number)));
    if (part.node && isLater) later.add(part.node);
  }
  return later;
}
