import { maskedError } from '@customer360/kit/errors';
import type { Logger } from '@customer360/kit/logger';
import type { GraphQLFormattedError, VariableDefinitionNode } from 'graphql';
import { getVariableValues, OperationTypeNode } from 'graphql';
import type { Executed, Services } from '../execute/execute.ts';
import { execute } from '../execute/execute.ts';
import type { JsonObject } from '../execute/json.ts';
import type { OperationCache } from '../operation-cache/operation-cache.ts';
import { printKey } from '../operation-cache/operation-cache.ts';
import type { Operations } from '../prepare/operations.ts';
import type { Prepared } from '../prepare/prepare.ts';
import { Refusal } from '../prepare/refusal.ts';
import type { Heard } from '../provenance/heard.ts';
import { tellSources } from '../provenance/sources.ts';
import type { Deliver } from './answer-in-parts.ts';
import { answerInParts } from './answer-in-parts.ts';
import type { InFlight } from './in-flight.ts';
import type { GraphqlRequest } from './read-request.ts';
import { HttpProblem } from './read-request.ts';

/** An answer, ready to send. */
export interface Answer {
  status: number;
  body: string;
  /** The body as it is sent, made once for all who wait for it. */
  bytes?: Buffer | undefined;
  /** Of an operation that was run: what it calls itself, and whether fields are missing. */
  ran?: { operation: string | undefined; partial: boolean; kept?: boolean };
}

export interface PipelineParts {
  operations: Operations;
  /** Where this request's fetches go; the signal ends them. */
  services(signal: AbortSignal): Services;
  /** What one operation may cost; see `Cost`. */
  maxCost: number;
  /** Queries under way. */
  inFlight: InFlight<Answer>;
  /** Answers that may be given out again; none when nothing is kept. */
  operationCache?: OperationCache | undefined;
  logger: Logger;
}

/**
 * Answers one GraphQL request. Never rejects for what a caller or a subgraph did. With `deliver` the answer may come in
 * parts, of which all but the last are delivered; these are nobody else's.
 */
export async function answer(
  { operations, services, maxCost, inFlight, operationCache, logger }: PipelineParts,
  request: GraphqlRequest,
  method: string,
  signal: AbortSignal,
  deliver?: Deliver,
): Promise<Answer> {
  try {
    const key = keyOf(operations.graphId, request);
    // Whoever asked this before was allowed to, and passed all that follows.
    const kept = operationCache?.get(key);
    if (kept) {
      const { body, bytes, operation } = kept;
      return { status: 200, body, bytes, ran: { operation, partial: false, kept: true } };
    }
    const prepared = operations.get(request.query, request.operationName);
    if (method === 'GET' && prepared.kind !== OperationTypeNode.QUERY) {
      throw new HttpProblem(405, 'GET requests can only read. Send mutations with POST.', { allow: 'POST' });
    }
    checkVariables(prepared, request.variables);
    checkCost(prepared, request.variables, maxCost);
    const deferral = deliver && prepared.deferralFor?.(request.variables);
    if (deferral) return await answerInParts(prepared, deferral, request.variables, services, signal, deliver);
    const operation = prepared.operation.name?.value;
    const run = async (abandoned: AbortSignal): Promise<Answer> => {
      const beganAt = performance.now();
      const used = services(abandoned);
      const result = await execute(prepared, request.variables, used);
      const answered = withSources(result, used.heard);
      const body = JSON.stringify(answered);
      if (prepared.kind === OperationTypeNode.QUERY && !result.errors && prepared.freshness) {
        const { heard } = used;
        operationCache?.put(key, { answer: answered, operation, heard, places: prepared.freshness, beganAt });
      }
      return { status: 200, body, ran: { operation, partial: result.errors !== undefined } };
    };
    if (prepared.kind === OperationTypeNode.QUERY) return await inFlight.join(key, signal, run);
    try {
      return await run(signal);
    } finally {
      // Who reads after a write must not be given what was read before it.
      inFlight.renew();
      operationCache?.clear();
    }
  } catch (error) {
    if (error instanceof Refusal) return refusalOf(400, error.errors);
    if (error instanceof HttpProblem) throw error;
    logger.error({ err: error, operationName: request.operationName }, 'operation failed');
    return refusalOf(500, [maskedError]);
  }
}

/** Keys of requests that are still known; a request never changes. */
const printed = new WeakMap<GraphqlRequest, { graphId: string; key: string }>();

/** Nothing of the caller is in the key as long as all callers see the same. */
function keyOf(graphId: string, request: GraphqlRequest): string {
  const before = printed.get(request);
  if (before?.graphId === graphId) return before.key;
  const { query, operationName, variables } = request;
  const key = printKey({ graphId, scopes: [], operationName, variables, query });
  printed.set(request, { graphId, key });
  return key;
}

function withSources(result: Executed, heard: Heard): Executed & JsonObject {
  const sources = tellSources(heard, result.errors);
  return (sources.length > 0 ? { ...result, extensions: { sources } } : result) as Executed & JsonObject;
}

export const refusalOf = (status: number, errors: readonly GraphQLFormattedError[]): Answer => ({
  status,
  body: JSON.stringify({ errors }),
});

/** @throws {Refusal} when pages are too large together */
function checkCost({ cost }: Prepared, variables: GraphqlRequest['variables'], maxCost: number) {
  const costs = cost(variables);
  if (costs <= maxCost) return;
  const told = `The operation could return ${costs} objects, more than ${maxCost}. Ask for smaller pages or fewer fields.`;
  throw new Refusal('BAD_USER_INPUT', told);
}

/** @throws {Refusal} when a variable is not what its definition says */
function checkVariables({ operation, graph }: Prepared, variables: GraphqlRequest['variables']) {
  const definitions: readonly VariableDefinitionNode[] = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return;
  const { errors } = getVariableValues(graph.schema, definitions, variables as Record<string, unknown>, {
    maxErrors: 3,
  });
  if (!errors) return;
  const told = errors.slice(0, 3).map(({ message }) => ({
    message: message.slice(0, 200),
    extensions: { code: 'BAD_USER_INPUT' as const },
  }));
  throw new Refusal('BAD_USER_INPUT', 'A variable cannot be used.', told);
}
