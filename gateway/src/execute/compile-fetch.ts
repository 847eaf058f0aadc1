import type { FetchNode } from '@apollo/query-planner';
import { compileContext } from './context.ts';
import type { PlanParts } from './parts.ts';
import type { PlanPath } from './paths.ts';
import type { PreparedFetch } from './prepared-fetch.ts';
import type { PrintRepresentation } from './print-representation.ts';
import { compilePrint } from './print-representation.ts';
import { compileRepresentation } from './representations.ts';
import { compileRewrites } from './rewrites.ts';

export function compileFetch(node: FetchNode, path: PlanPath, parts: PlanParts): PreparedFetch {
  const { serviceName, operation, operationName, operationKind, requires, variableUsages = [] } = node;
  const name = operationName ? `"operationName":${JSON.stringify(operationName)},` : '';
  return {
    service: serviceName,
    path,
    alsoAt: [],
    question: JSON.stringify([operation, requires, node.inputRewrites, node.outputRewrites]),
    kind: operationKind,
    query: operation,
    head: `{${name}"query":${JSON.stringify(operation)},"variables":{`,
    variableUsages,
    print: compileRequires(node, parts),
    ofEntities: requires !== undefined,
    rewriteOutput: compileRewrites(node.outputRewrites, parts.isOfType),
    context: compileContext(node.contextRewrites, parts.isOfType),
    parts,
  };
}

function compileRequires({ requires, inputRewrites }: FetchNode, { isOfType }: PlanParts): PrintRepresentation {
  if (!requires) return () => null;
  const rewrite = compileRewrites(inputRewrites, isOfType);
  const direct = rewrite ? null : compilePrint(requires, isOfType);
  if (direct) return direct;
  const represent = compileRepresentation(requires, isOfType);
  return (entity) => {
    const representation = represent(entity);
    if (!representation || typeof representation.__typename !== 'string') return null;
    rewrite?.(representation);
    return JSON.stringify(representation);
  };
}
