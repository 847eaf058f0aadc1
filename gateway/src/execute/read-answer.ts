import { maskedError, publicCodes } from '@customer360/kit/errors';
import type { FailureKind, SubgraphAnswer } from '../subgraph/answer.ts';
import { SubgraphFailure } from '../subgraph/answer.ts';
import { answerFailedFetch, tellFailure } from './failed-fetch.ts';
import { foldErrors } from './fold-errors.ts';
import type { JsonObject } from './json.ts';
import { isObject } from './json.ts';
import type { PlanParts } from './parts.ts';
import type { FieldError, Run, Told } from './run.ts';

/** What was asked, as far as its answer is judged by it. */
export interface ReadFetch {
  service: string;
  query: string;
  variables: Readonly<Record<string, unknown>>;
  /** How many entities were asked for; null when none were. */
  entities: number | null;
  parts: Pick<PlanParts, 'contract' | 'defaults'>;
}

export interface ReadAnswer {
  data: JsonObject | null;
  errors: FieldError[];
}

/**
 * Makes a subgraph's answer fit to be merged: as many entities as were asked for, every error with a path, and of its
 * errors only those codes whose sentences are written for callers.
 *
 * @throws {SubgraphFailure} when the answer cannot be used
 */
export function readSubgraphAnswer(fetch: ReadFetch, answer: SubgraphAnswer, run: Pick<Run, 'log'>): ReadAnswer {
  const errors = (Array.isArray(answer.errors) ? answer.errors : []).map((error): FieldError => {
    const told = tellable(error);
    if (told.extensions.code === maskedError.extensions.code) run.log(fetch.service, error);
    return told;
  });
  const { data } = answer;
  if (!isObject(data)) {
    const [first] = errors;
    if (!first) throw new SubgraphFailure('malformed', 'neither data nor errors');
    // The subgraph refused the whole request, so its error has no place: every field asked of it is missing for it.
    return answerFailedFetch(fetch.parts, fetch, first);
  }
  checkEntities(fetch, data, errors.length > 0);
  if (Object.keys(data).length === 0 && errors.length === 0) throw new SubgraphFailure('malformed', 'empty data');
  return { data, errors: errors.length > 1 ? foldErrors(errors) : errors };
}

/** Stands in for the answer that did not come. */
export function answerFailure(fetch: ReadFetch, kind: FailureKind): ReadAnswer {
  return answerFailedFetch(fetch.parts, fetch, tellFailure(fetch.service, kind));
}

/** As many entities must come back as were asked for, or rows would get each other's data. */
function checkEntities({ entities: asked }: ReadFetch, data: JsonObject, explained: boolean) {
  if (asked === null) return;
  const { _entities: entities } = data;
  if (entities === null && explained) return;
  if (!Array.isArray(entities) || entities.length !== asked) {
    throw new SubgraphFailure('malformed', 'another number of entities than was asked for');
  }
}

/** Keeps the codes that callers may see; what has none of them is masked. */
function tellable(error: unknown): FieldError {
  const { message, path, extensions } = (isObject(error) ? error : {}) as Record<string, unknown>;
  const { code, source, argument } = (isObject(extensions) ? extensions : {}) as Record<string, unknown>;
  const place = Array.isArray(path) ? { path: path.filter(isPathPart) } : {};
  const sentence = typeof message === 'string' ? message : '';
  // The gateway checked the operation: what is left to refuse is a value that only the subgraph can judge.
  if (code === 'GRAPHQL_VALIDATION_FAILED')
    return { message: sentence, extensions: { code: 'BAD_USER_INPUT' }, ...place };
  const known = typeof code === 'string' && tellableCodes.has(code);
  return { ...(known ? { message: sentence, extensions: tell(code, source, argument) } : maskedError), ...place };
}

const tellableCodes = new Set(
  [...publicCodes].filter((code) => code === 'BAD_USER_INPUT' || code.startsWith('UPSTREAM_')),
);

const tell = (code: string, source: unknown, argument: unknown): Told['extensions'] => ({
  code,
  ...(typeof source === 'string' && /^[A-Z_]+$/.test(source) ? { source } : {}),
  ...(argument ? { argument } : {}),
});

const isPathPart = (part: unknown): part is string | number => typeof part === 'string' || typeof part === 'number';
