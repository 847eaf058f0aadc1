import type { StatementSync } from 'node:sqlite';
import type { World } from '../../world/world.ts';
import { plain } from './decimals.ts';
import { SuiteqlError, unknownIdentifier } from './errors.ts';
import { createFunctions } from './functions.ts';
import type { Translation } from './translate.ts';
import { translate } from './translate.ts';
import { createViews } from './views.ts';

export type Param = string | number | boolean | null;

export interface SuiteqlAnswer {
  /** Values are text, keys lower case, nulls left out. */
  rows: Record<string, string>[];
  totalResults: number;
}

export interface Suiteql {
  /** Throws `SuiteqlError` for a query that NetSuite would refuse. */
  run(query: string, params: readonly Param[], page: { limit: number; offset: number }): SuiteqlAnswer;
}

interface Prepared extends Translation {
  page: StatementSync;
  count: StatementSync;
  names: string[];
}

const maxPrepared = 200;
const maxRows = 100_000;

/** Runs SuiteQL over the world's NetSuite rows. */
export function createSuiteql(world: World): Suiteql {
  createFunctions(world, () => world.today);
  createViews(world.db);
  const prepared = new Map<string, Prepared>();

  const prepare = (query: string): Prepared => {
    const known = prepared.get(query);
    if (known) return known;
    const translation = translate(query);
    const page = world.db.prepare(`${translation.sql} LIMIT ? OFFSET ?`);
    const count = world.db.prepare(`SELECT COUNT(*) AS total FROM (${translation.sql})`);
    page.setReturnArrays(true);
    const made = { ...translation, page, count, names: page.columns().map(({ name }) => name.toLowerCase()) };
    const [oldest] = prepared.keys();
    if (prepared.size >= maxPrepared && oldest !== undefined) prepared.delete(oldest);
    prepared.set(query, made);
    return made;
  };

  return {
    run(query, params, { limit, offset }) {
      try {
        const made = prepare(query);
        if (made.params !== params.length) {
          throw new SuiteqlError(`The query has ${made.params} parameters, but ${params.length} were given`);
        }
        const values = params.map((value) => (typeof value === 'boolean' ? (value ? 'T' : 'F') : value));
        const most = Math.min(made.rowLimit, maxRows);
        const room = Math.max(0, Math.min(limit, most - offset));
        const rows = made.page.all(...values, room, offset) as unknown as unknown[][];
        const isWhole = rows.length < limit && (offset === 0 || rows.length > 0);
        const totalResults = isWhole ? offset + rows.length : Math.min(most, countRows(made, values));
        return { rows: rows.map((row) => toItem(row, made)), totalResults };
      } catch (error) {
        throw asRefusal(error);
      }
    },
  };
}

function countRows({ count }: Prepared, values: (string | number | null)[]): number {
  return Number(count.get(...values)?.total ?? 0);
}

function toItem(row: unknown[], { names, written }: Prepared): Record<string, string> {
  const item: Record<string, string> = {};
  for (const [index, value] of row.entries()) {
    const name = names[index] as string;
    if (value !== null && item[name] === undefined) item[name] = print(value, written.has(index));
  }
  return item;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** Numbers print without float noise; an instant prints its day, as SuiteQL does: `TO_CHAR` shows its time. */
function print(value: unknown, written: boolean): string {
  if (typeof value === 'number') return plain(value);
  const text = String(value);
  return !written && instant.test(text) ? text.slice(0, 10) : text;
}

function asRefusal(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string };
  if (error instanceof SuiteqlError || code !== 'ERR_SQLITE_ERROR') return error;
  const [, name] = /no such column: "?([^"\s]+)"?/.exec(message ?? '') ?? [];
  return name ? unknownIdentifier(name.split('.').at(-1) ?? name) : new SuiteqlError('Invalid or unsupported search');
}
