import { maskedError } from '@customer360/kit/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Prepared } from '../prepare/prepare.ts';
import type { Json, JsonObject } from './json.ts';
import { mergeInto } from './merge.ts';
import type { FieldError, Run } from './run.ts';
import type { Complete, Violations } from './shape.ts';
import { bubble } from './shape.ts';

export interface Executed {
  data: Json;
  errors?: GraphQLFormattedError[];
}

export type Services = Pick<Run, 'send' | 'log' | 'heard'>;

/** Runs a prepared operation: its plan, then the answer in the caller's own shape. */
export async function execute(
  prepared: Prepared,
  variables: Readonly<Record<string, unknown>>,
  services: Services,
): Promise<Executed> {
  const runs = prepared.steps.map((): Run => ({ data: {}, errors: [], absent: new Set(), variables, ...services }));
  await Promise.all(prepared.steps.map((step, index) => step(runs[index] as Run)));
  const [first, ...others] = runs as [Run, ...Run[]];
  for (const { data, errors, absent } of others) {
    mergeInto(first.data, data);
    first.errors.push(...errors);
    for (const field of absent) first.absent.add(field);
  }
  if (prepared.introspect) Object.assign(first.data, prepared.introspect(variables));
  return shape(prepared, first);
}

function shape(prepared: Prepared, { data, errors, absent, variables }: Run): Executed {
  for (const field of absent) data[field] = null;
  const complete = prepared.shapeFor(variables);
  const { shaped, violations } = completeAnswer(complete, data);
  const told = errors
    .filter(({ path }) => !absent.has(String(path?.[0])))
    .map((error) => withOuterPath(error, prepared));
  if (violations > 0) told.push(...explain(complete, data, told));
  return told.length > 0 ? { data: shaped, errors: told } : { data: shaped };
}

function completeAnswer(complete: Complete, data: JsonObject): { shaped: Json; violations: number } {
  const violations: Violations = { count: 0, path: [] };
  const shaped = complete(data, violations);
  return { shaped: shaped === bubble ? null : shaped, violations: violations.count };
}

/** An error for each null that its type does not allow and that no error of a subgraph explains. */
function explain(complete: Complete, data: JsonObject, told: FieldError[]): FieldError[] {
  const found: FieldError[] = [];
  const note = (_field: string, path: (string | number)[]) => {
    if (!told.some((error) => isAround(error.path, path))) found.push({ ...maskedError, path });
  };
  complete(data, { count: 0, path: [], note });
  return found.slice(0, 20);
}

/** Whether an error is told at a place, around it or inside it. */
export function isAround(errorPath: (string | number)[] | undefined, path: (string | number)[]): boolean {
  if (!errorPath) return true;
  const common = Math.min(errorPath.length, path.length);
  for (let index = 0; index < common; index += 1) {
    const [one, other] = [errorPath[index], path[index]];
    if (one !== other && !(typeof one === 'number' && typeof other === 'number')) return false;
  }
  return true;
}

export function withOuterPath({ path, ...error }: FieldError, { outerName }: Prepared): FieldError {
  return path ? { ...error, path: path.map((part) => (typeof part === 'string' ? outerName(part) : part)) } : error;
}
