import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { isTrue } from '../prepare/conditions.ts';
import { compileFetch } from './compile-fetch.ts';
import { sendTogether } from './fetch-together.ts';
import type { PlanParts } from './parts.ts';
import type { PlanPath } from './paths.ts';
import type { PreparedFetch } from './prepared-fetch.ts';
import type { Step } from './run.ts';
import { sendFetch } from './send-fetch.ts';

/** Makes a plan of the planner into functions: everything that can be known before the first request is. */
export function compilePlan(node: PlanNode | undefined, parts: PlanParts): Step {
  return node ? compileNode(node, [], parts) : async () => undefined;
}

function compileNode(node: PlanNode, path: PlanPath, parts: PlanParts): Step {
  switch (node.kind) {
    case 'Sequence':
      return inSequence(node.nodes.map((child) => compileNode(child, path, parts)));
    case 'Parallel':
      return compileParallel(node.nodes, path, parts);
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path.map(String)], parts);
    case 'Fetch': {
      const fetch = compileFetch(node, path, parts);
      return (run) => sendFetch(fetch, run);
    }
    case 'Condition': {
      const branches = [node.ifClause, node.elseClause].map((branch) =>
        branch ? compileNode(branch, path, parts) : undefined,
      );
      return async (run) => branches[isTrue(node.condition, run.variables, parts.defaults) ? 0 : 1]?.(run);
    }
    case 'Defer':
      throw new Error('A plan with deferred parts cannot be compiled as a whole.');
  }
}

function inSequence(steps: Step[]): Step {
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

/** Fetches of entities from one subgraph travel in one request, whatever their places in the answer. */
function compileParallel(nodes: PlanNode[], path: PlanPath, parts: PlanParts): Step {
  const steps: Step[] = [];
  const byService = new Map<string, PreparedFetch[]>();
  for (const node of nodes) {
    const entities = entityFetch(node, path);
    if (!entities) {
      steps.push(compileNode(node, path, parts));
      continue;
    }
    const fetch = compileFetch(entities.node, entities.path, parts);
    byService.set(fetch.service, withFetch(byService.get(fetch.service) ?? [], fetch));
  }
  for (const fetches of byService.values()) steps.push(sendTogether(fetches));
  const [only] = steps;
  if (steps.length === 1 && only) return only;
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}

/** Adds a fetch; one that asks what another asks only adds its place to that. */
export function withFetch(fetches: PreparedFetch[], fetch: PreparedFetch): PreparedFetch[] {
  const same = fetches.find(({ question }) => question === fetch.question);
  if (!same) return [...fetches, fetch];
  return fetches.map((each) => (each === same ? { ...same, alsoAt: [...same.alsoAt, fetch.path] } : each));
}

function entityFetch(node: PlanNode, path: PlanPath): { node: FetchNode; path: PlanPath } | undefined {
  if (node.kind === 'Flatten') return entityFetch(node.node, [...path, ...node.path.map(String)]);
  const together = node.kind === 'Fetch' && node.requires && node.operationKind === 'query' && !node.contextRewrites;
  return together ? { node, path } : undefined;
}
