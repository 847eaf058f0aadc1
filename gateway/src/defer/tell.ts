import { maskedError } from '@customer360/kit/errors';
import type { GraphQLFormattedError } from 'graphql';
import { isAround, withOuterPath } from '../execute/execute.ts';
import type { Json } from '../execute/json.ts';
import type { ResponsePath } from '../execute/paths.ts';
import type { FieldError, Run } from '../execute/run.ts';
import type { Prepared } from '../prepare/prepare.ts';
import type { DeferredObject } from './complete-part.ts';
import { completePart } from './complete-part.ts';
import type { Deferral } from './deferral.ts';
import { labelOf } from './directive.ts';
import { shareErrors } from './errors.ts';
import type { Part } from './parts.ts';
import type { Waiting } from './schedule.ts';

/** A deferred fragment of one object, as the incremental delivery of 2022-08-24 has it. */
export interface Incremental {
  label?: string;
  path: ResponsePath;
  data: Json;
  errors?: GraphQLFormattedError[];
  extensions?: object;
}

/** A part of an answer: the first has `data`, the others `incremental`; a whole answer has no `hasNext`. */
export interface Delivery {
  data?: Json;
  errors?: GraphQLFormattedError[];
  incremental?: Incremental[];
  extensions?: object;
  hasNext?: boolean;
}

/** Makes what is sent out of what has arrived. */
export interface Teller {
  first(): { delivery: Delivery; later: DeferredObject[] };
  /** For objects whose fragment is the same at the same place. */
  later(objects: DeferredObject[]): { incremental: Incremental[]; later: DeferredObject[] };
  waitingOf(object: DeferredObject): Waiting;
  /** The errors told so far. */
  told: readonly FieldError[];
}

export function createTeller(prepared: Prepared, { shape, first, deferred, parts }: Deferral, run: Run): Teller {
  const share = shareErrors(run.errors, parts);
  const told: FieldError[] = [];
  const isAbsent = ({ path }: FieldError) => run.absent.has(String(path?.[0]));

  /** The errors of a part as the caller is told them. */
  function errorsOf(part: Part): FieldError[] {
    const errors = share.take(part).filter((error) => !isAbsent(error));
    return errors.map((error) => withOuterPath(error, prepared));
  }

  /** Errors for nulls that none of a subgraph explains, here or in what was told before. */
  function explain(violated: ResponsePath[]): FieldError[] {
    const unexplained = violated.filter((place) => !told.some(({ path }) => isAround(path, place)));
    return unexplained.map((path) => ({ ...maskedError, path })).filter((error) => !isAbsent(error));
  }

  function tell(errors: FieldError[], violated: ResponsePath[]): { errors?: FieldError[] } {
    told.push(...errors);
    const explained = explain(violated);
    told.push(...explained);
    return errors.length + explained.length > 0 ? { errors: [...errors, ...explained] } : {};
  }

  const blankAbsent = () => {
    for (const field of run.absent) run.data[field] = null;
  };
  const waitingOf = ({ deferred: { node }, path }: DeferredObject) =>
    deferred(node, path.filter((step) => typeof step === 'string').join('.'));

  const waitFor = (later: DeferredObject[]) => {
    for (const object of later) share.wait(waitingOf(object).part, 1);
  };

  return {
    waitingOf,
    first() {
      blankAbsent();
      const { data, later, violated } = completePart(shape, run.data, []);
      waitFor(later);
      return { delivery: { data, ...tell(errorsOf(first.part), violated) }, later };
    },
    later(objects) {
      blankAbsent();
      const completed = objects.map((object) => ({
        ...object,
        ...completePart(object.deferred.complete, object.source, object.path),
      }));
      const later = completed.flatMap((each) => each.later);
      waitFor(later);
      let errors: FieldError[] = [];
      for (const [part, its] of Map.groupBy(objects, (object) => waitingOf(object).part)) {
        share.wait(part, -its.length);
        errors = [...errors, ...errorsOf(part)];
      }
      const incremental = completed.map(({ deferred: { node }, path, data, violated }, index): Incremental => {
        const label = labelOf(node);
        const isMine = (error: FieldError) => index === objects.length - 1 || isInside(error, path);
        const mine = errors.filter(isMine);
        errors = errors.filter((error) => !isMine(error));
        return { ...(label === undefined ? {} : { label }), path, data, ...tell(mine, violated) };
      });
      return { incremental, later };
    },
    told,
  };
}

const isInside = ({ path }: FieldError, place: ResponsePath) =>
  !!path && place.every((step, index) => path[index] === step);
