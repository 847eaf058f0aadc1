import type { FetchNode, PlanNode } from '@apollo/query-planner';
import type { SelectionSetNode } from 'graphql';
import { Kind, parse } from 'graphql';
import { fragment } from '../execute/rewrites.ts';
import { within } from './parts.ts';

/** One fetch of a plan, with what tells when it can be sent and who waits for it. */
export interface PlannedFetch {
  node: FetchNode;
  path: readonly string[];
  /** The values that it brings, by the plan's response names. */
  leaves: ReadonlySet<string>;
  /** The objects and lists that it can bring. */
  objects: ReadonlySet<string>;
  /** The fetches, by number, that have to be over before it is sent. */
  after: readonly number[];
  /** The stage that it belongs to: of one stage, fetches of entities may travel together. */
  stage: PlanNode;
}

/** Lists the fetches of a plan; `holds` tells of a condition's variable whether it is true. */
export function listFetches(plan: PlanNode, holds: (variable: string) => boolean): PlannedFetch[] {
  const found: PlannedFetch[] = [];

  function walk(node: PlanNode, path: readonly string[], before: number[], stage: PlanNode) {
    switch (node.kind) {
      case 'Sequence': {
        const earlier = [...before];
        for (const child of node.nodes) {
          const from = found.length;
          walk(child, path, [...earlier], child);
          for (let number = from; number < found.length; number += 1) earlier.push(number);
        }
        return;
      }
      case 'Parallel':
        for (const child of node.nodes) walk(child, path, before, node);
        return;
      case 'Flatten':
        return walk(node.node, [...path, ...node.path.map(String)], before, stage);
      case 'Condition': {
        const branch = holds(node.condition) ? node.ifClause : node.elseClause;
        if (branch) walk(branch, path, before, branch);
        return;
      }
      case 'Fetch':
        found.push({ node, path, ...broughtBy(node, path), after: before, stage });
        return;
      case 'Defer':
        throw new Error('The plan has deferred parts of its own.');
    }
  }

  walk(plan, [], [], plan);
  return found;
}

const placeOf = (path: readonly string[]) => path.filter((part) => part !== '@').join('.');

function broughtBy({ operation, requires, outputRewrites = [] }: FetchNode, path: readonly string[]) {
  const leaves = new Set<string>();
  const objects = new Set<string>();
  const { definitions } = parse(operation, { noLocation: true });
  const fragments = new Map(
    definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
  const walk = ({ selections }: SelectionSetNode, place: string) => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const { name, alias, selectionSet } = selection;
        const isEntities = requires !== undefined && name.value === '_entities';
        const below = isEntities ? place : within(place, alias?.value ?? name.value);
        if (!isEntities) (selectionSet ? objects : leaves).add(below);
        if (selectionSet) walk(selectionSet, below);
        continue;
      }
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (inner) walk(inner.selectionSet, place);
    }
  };
  for (const each of definitions) if (each.kind === Kind.OPERATION_DEFINITION) walk(each.selectionSet, placeOf(path));

  for (const rewrite of outputRewrites) {
    if (rewrite.kind !== 'KeyRenamer') continue;
    const names = [...path, ...rewrite.path].filter((part) => !part.startsWith(fragment));
    const from = placeOf(names);
    const to = placeOf([...names.slice(0, -1), rewrite.renameKeyTo]);
    for (const set of [leaves, objects]) {
      for (const each of [...set]) if (`${each}.`.startsWith(`${from}.`)) set.add(to + each.slice(from.length));
    }
  }
  return { leaves, objects };
}
