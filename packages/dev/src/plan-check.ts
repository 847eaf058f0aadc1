import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import { generateQueries } from './generate-queries.ts';

export interface Planner {
  plan(text: string): QueryPlan;
}

/** Plans operations as the gateway will. Composing proves less: some graphs compose and cannot be planned. */
export function createPlanner(supergraphSdl: string): Planner {
  const supergraph = Supergraph.build(supergraphSdl);
  const apiSchema = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph);
  return { plan: (text) => planner.buildQueryPlan(operationFromDocument(apiSchema, parse(text))) };
}

export interface PlanProblem {
  path: string;
  problem: string;
}

/** Plans a generated query for every way through the graph; returns how many, and those that cannot be answered. */
export function checkPlans(supergraphSdl: string, depth?: number): { checked: number; problems: PlanProblem[] } {
  const planner = createPlanner(supergraphSdl);
  const queries = generateQueries(Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema(), depth);
  const problems: PlanProblem[] = [];
  for (const { path, text, leaves } of queries) {
    const problem = problemOf(planner, text, leaves);
    if (problem) problems.push({ path: path.join('.'), problem });
  }
  return { checked: queries.length, problems };
}

function problemOf(planner: Planner, text: string, leaves: string[]): string | undefined {
  try {
    const fetches = fetchesOf(planner.plan(text));
    if (fetches.length === 0) return 'the plan is empty';
    const asked = fetches.map(({ operation }) => operation).join(' ');
    const forgotten = leaves.filter((leaf) => !new RegExp(`\\b${leaf}\\b`).test(asked));
    return forgotten.length > 0 ? `no fetch asks for ${forgotten.join(', ')}` : undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] as string) : String(error);
  }
}

/** All fetches of a plan. */
export function fetchesOf(plan: QueryPlan): FetchNode[] {
  const visit = (node: PlanNode | SubscriptionNode | undefined): FetchNode[] => {
    switch (node?.kind) {
      case 'Fetch':
        return [node];
      case 'Sequence':
      case 'Parallel':
        return node.nodes.flatMap(visit);
      case 'Flatten':
        return visit(node.node);
      case 'Condition':
        return [...visit(node.ifClause), ...visit(node.elseClause)];
      case 'Subscription':
        return [node.primary, ...visit(node.rest)];
      default:
        return [];
    }
  };
  return visit(plan.node);
}

/** How many fetches follow one another on the longest way: what a user waits for, in vendor calls. */
export function stagesOf(plan: QueryPlan): number {
  const visit = (node: PlanNode | SubscriptionNode | undefined): number => {
    switch (node?.kind) {
      case 'Fetch':
        return 1;
      case 'Sequence':
        return node.nodes.reduce((sum, child) => sum + visit(child), 0);
      case 'Parallel':
        return Math.max(...node.nodes.map(visit));
      case 'Flatten':
        return visit(node.node);
      default:
        return 0;
    }
  };
  return visit(plan.node);
}
