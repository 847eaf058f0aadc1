import type { GraphQLFormattedError } from 'graphql';
import { isSystem, type System, systems } from './systems.ts';

/** One error of an answer, as far as the page needs it. */
export interface Failure {
  /** The system that failed; null when the request itself was at fault. */
  system: System | null;
  /** The field's path without list positions: the gateway reports one error for a whole column. */
  path: string[];
  sentence: string;
  /** Asking again may help. */
  retryable: boolean;
}

/** Stands for every section while the graph itself cannot be asked; the banner asks again for all of them. */
export const unreachableFailure: Failure = {
  system: null,
  path: [],
  sentence: 'Customer360 cannot be reached.',
  retryable: false,
};

/** A part of the page: the field it shows and the system that field comes from. */
export interface Section {
  system: System;
  path: readonly string[];
}

export function readFailures(errors: readonly GraphQLFormattedError[]): Failure[] {
  return errors.map(({ message, path, extensions }) => {
    const system = isSystem(extensions?.source) ? extensions.source : null;
    return {
      system,
      path: fieldNames(path ?? []),
      sentence: system ? spellName(message, system) : message,
      retryable: extensions?.code !== 'BAD_USER_INPUT',
    };
  });
}

/** The failure that explains why a section has no value, if there is one. */
export function failureOf(failures: readonly Failure[], section: Section): Failure | undefined {
  return failures.find(
    ({ system, path }) =>
      (system === null || system === section.system) && (covers(path, section.path) || covers(section.path, path)),
  );
}

/** The systems that failed somewhere on the page. */
export function failedSystems(failures: readonly Failure[]): Set<System> {
  return new Set(failures.flatMap(({ system }) => system ?? []));
}

/** What happened, without what to do about it: the page asks again by itself. */
export const withoutAdvice = (sentence: string): string => sentence.replace(/ Try again in a moment\.$/, '');

// The gateway marks a list position with "@" where it cannot tell the row.
const fieldNames = (path: readonly (string | number)[]): string[] =>
  path.filter((part) => typeof part === 'string' && part !== '@').map(String);

const covers = (outer: readonly string[], inner: readonly string[]): boolean =>
  outer.every((part, index) => inner[index] === part);

/** A subgraph that cannot be reached is reported under its service name, which is the system's name in lower case. */
const spellName = (message: string, system: System): string => {
  const { name } = systems[system];
  return message.slice(0, name.length).toLowerCase() === name.toLowerCase()
    ? name + message.slice(name.length)
    : message;
};
