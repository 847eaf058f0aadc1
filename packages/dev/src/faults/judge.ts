import type { Answer } from '@customer360/testing/ask';
import type { Vendor } from '../addresses.ts';
import { vendorNames } from '../addresses.ts';
import type { Difference } from './differences.ts';
import { differencesOf } from './differences.ts';
import { freshnessProblems } from './freshness-problems.ts';
import type { FaultOperation } from './operations.ts';

/** What an answer under a fault is held against. */
export interface Judged {
  operation: FaultOperation;
  /** What was answered when all was well. */
  intact: Answer;
  answer: Answer;
  /** Whose data may be old or missing; null for nobody's. */
  affected: Vendor | null;
  /** When the question was sent; milliseconds since 1970. */
  askedAt: number;
  /** How long a read may have been under way, and what is not marked as old may be in a cache. */
  ages: { liveMs: number; cachedMs: number; snapshotMs: number };
}

export interface Verdict {
  /** What is wrong, in words; nothing when the answer is as it must be. */
  problems: string[];
  /** Whether everything is there and nothing of the affected system is marked as old. */
  whole: boolean;
}

/** Holds one answer against the promise: nothing of the other systems is touched, and what is missing or old says so. */
export function judge(judged: Judged): Verdict {
  const { operation, intact, answer, affected } = judged;
  const { root } = operation;
  if (answer.status !== 200) return broken(`status ${answer.status}`);
  if (!answer.data) return broken('data is null');
  const differences = differencesOf(intact.data, answer.data);
  const lost = differences.filter(({ kind }) => kind === 'lost');
  const old = freshnessProblems(judged);
  const problems = [
    ...differences.filter(({ kind }) => kind === 'wrong').map(({ path }) => `wrong value at ${fieldOf(path)}`),
    ...lost.filter(({ path }) => ownerOf(operation, path) !== affected).map(({ path }) => `lost ${fieldOf(path)}`),
    ...errorProblems(answer, lost, affected),
    ...old.problems,
  ].map((problem) => `${operation.name}: ${problem}`);
  return {
    problems: [...new Set(problems)],
    whole: lost.length === 0 && answer.errors.length === 0 && !old.stale && answer.data[root] !== null,
  };
}

const broken = (problem: string): Verdict => ({ problems: [problem], whole: false });

/** Whose a field is. A list belongs to the system that finds its rows, a profile or dashboard to nobody. */
function ownerOf({ name, owners }: FaultOperation, path: Difference['path']): Vendor | undefined {
  const field = path.slice(1).find((part) => typeof part === 'string');
  if (field === undefined) return name === 'table' ? 'salesforce' : undefined;
  return vendorNames.find((system) => owners[system].includes(String(field)));
}

const fieldOf = (path: readonly (string | number)[]) => path.filter((part) => typeof part === 'string').join('.');
const isFreshness = (field: string) => /[fF]reshness$/.test(field);

/** One error for each field that is missing, of the affected system, and none for what is there. */
function errorProblems(answer: Answer, lost: readonly Difference[], affected: Vendor | null): string[] {
  const told = answer.errors.map(({ path = [] }) => fieldOf(path));
  const twice = told.filter((field, index) => told.indexOf(field) !== index);
  const untold = [...new Set(lost.map(({ path }) => fieldOf(path)))]
    .filter((field) => !isFreshness(field))
    .filter((field) => !told.some((each) => each === field || each.startsWith(`${field}.`)));
  const unfit = answer.errors.flatMap(({ path, extensions }) => {
    const field = fieldOf(path ?? []);
    if (!path?.length) return [`an error without a place (${String(extensions?.code)})`];
    if (!String(extensions.code).startsWith('UPSTREAM_')) return [`${field} fails with ${String(extensions.code)}`];
    if (extensions.source !== affected?.toUpperCase()) return [`${field} blames ${String(extensions.source)}`];
    return valueAt(answer.data, path) === null ? [] : [`${field} is there and has an error`];
  });
  return [
    ...twice.map((field) => `two errors for ${field}`),
    ...untold.map((field) => `no error for ${field}`),
    ...unfit,
  ];
}

function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  let value = data;
  for (const part of path) {
    if (value === null || typeof value !== 'object') return value;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
