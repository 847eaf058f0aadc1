import { inSpan } from '@customer360/kit/spans';
import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import { GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { deferLabels } from '../defer/labels.ts';
import { finiteNumbers } from './finite-numbers.ts';
import type { Graph } from './graph.ts';
import type { Limits } from './limits.ts';
import { checkLimits } from './limits.ts';
import type { Prepared } from './prepare.ts';
import { prepare } from './prepare.ts';
import { Refusal } from './refusal.ts';

/** Prepares operations, each once. */
export interface Operations {
  /** @throws {Refusal} for an operation that is not run */
  get(query: string, operationName: string | undefined): Prepared;
  /** The operations asked most often, the first of them first. */
  mostUsed(count: number): { query: string; operationName: string | undefined }[];
  /** Prepares an operation before anybody asks for it. @throws {Refusal} */
  warm(query: string, operationName: string | undefined): void;
  /** How many are kept. */
  readonly kept: number;
  /** What the supergraph that they are prepared for is known by. */
  readonly graphId: string;
}

/** Hears whether what was asked had been prepared before, and how long preparing took. */
export interface OperationWatch {
  hit(): void;
  miss(): void;
  prepared(ms: number): void;
}

export interface OperationsOptions extends Limits {
  introspection: boolean;
}

interface Kept {
  prepared: Prepared;
  query: string;
  operationName: string | undefined;
  uses: number;
  size: number;
}

const maxKept = 2000;
/** Characters of all that is kept, texts and plans: operations can be few and very large. */
const maxKeptSize = 64_000_000;
/** How many mistakes a caller is told at once, so that a refusal stays short. */
const maxTold = 3;

export function createOperations(graph: Graph, options: OperationsOptions, watch?: OperationWatch): Operations {
  const known = new Map<string, Kept>();
  let kept = 0;

  function keep(key: string, query: string, operationName: string | undefined, uses: number): Prepared {
    const began = performance.now();
    const prepared = inSpan('prepare', () => prepareSafely(graph, readDocument(graph, query, options), operationName));
    watch?.prepared(performance.now() - began);
    const size = key.length + query.length + prepared.size;
    for (const [oldest, old] of known) {
      if (known.size < maxKept && kept + size <= maxKeptSize) break;
      known.delete(oldest);
      kept -= old.size;
    }
    known.set(key, { prepared, query, operationName, uses, size });
    kept += size;
    return prepared;
  }

  return {
    get(query, operationName) {
      const key = keyOf(query, operationName);
      const found = known.get(key);
      if (!found) {
        watch?.miss();
        return keep(key, query, operationName, 1);
      }
      watch?.hit();
      found.uses += 1;
      // The one used last is forgotten last.
      if (known.size >= maxKept || kept > maxKeptSize / 2) {
        known.delete(key);
        known.set(key, found);
      }
      return found.prepared;
    },
    mostUsed: (count) => [...known.values()].sort((one, other) => other.uses - one.uses).slice(0, count),
    warm(query, operationName) {
      const key = keyOf(query, operationName);
      if (!known.has(key)) keep(key, query, operationName, 0);
    },
    graphId: graph.id,
    get kept() {
      return known.size;
    },
  };
}

const keyOf = (query: string, operationName: string | undefined) =>
  operationName === undefined ? query : `${operationName}\n${query}`;

function readDocument({ schema }: Graph, query: string, options: OperationsOptions): DocumentNode {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: options.maxTokens });
  } catch (error) {
    // Anything else is the parser out of its depth.
    const syntax = error instanceof GraphQLError ? error : new GraphQLError('The operation is nested too deeply.');
    throw new Refusal('GRAPHQL_PARSE_FAILED', syntax.message, [formatted(syntax, 'GRAPHQL_PARSE_FAILED')]);
  }
  checkLimits(document, options);
  const rules = [...specifiedRules, finiteNumbers, deferLabels];
  const errors = validate(schema, document, rules, { maxErrors: maxTold, hideSuggestions: !options.introspection });
  if (errors.length > 0) {
    const told = errors.slice(0, maxTold).map((error) => formatted(error, 'GRAPHQL_VALIDATION_FAILED'));
    throw new Refusal('GRAPHQL_VALIDATION_FAILED', 'The operation is not valid.', told);
  }
  return document;
}

function prepareSafely(graph: Graph, document: DocumentNode, operationName: string | undefined): Prepared {
  try {
    return prepare(graph, document, operationName);
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof GraphQLError)) throw error;
    throw new Refusal('GRAPHQL_VALIDATION_FAILED', error.message);
  }
}

function formatted(error: GraphQLError, code: Refusal['code']): GraphQLFormattedError {
  const { locations } = error;
  return {
    message: error.message.slice(0, 200),
    ...(locations && { locations: locations.slice(0, 2) }),
    extensions: { code },
  };
}
