import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { World } from '../../world/world.ts';
import { malformedQuery } from '../errors.ts';
import type { ChildItem, Select } from './compile.ts';
import { compileQuery } from './compile.ts';
import { printValue } from './values.ts';

export type Json = Record<string, unknown>;

export interface Answer {
  totalSize: number;
  records: Json[];
  /** Wide rows come in smaller pages. */
  wide: boolean;
}

/** Answers a SOQL text; `basePath` is `/services/data/vXX.0`, for the links in the records. */
export type RunSoql = (soql: string, basePath: string) => Answer;

type Row = unknown[];

const maxKept = 500;
const maxLength = 100_000;

export function createSoql(world: World): RunSoql {
  const prepare = createPrepare(world.db);
  const selects = new Map<string, Select>();

  const compile = (soql: string): Select => {
    const known = selects.get(soql);
    if (known) return known;
    if (soql.length > maxLength) throw malformedQuery(`SOQL statements cannot be longer than ${maxLength} characters.`);
    const select = compileQuery(parse(soql), soql, world.today);
    if (selects.size >= maxKept) selects.clear();
    selects.set(soql, select);
    return select;
  };
  const rowsOf = (select: Select, ...first: string[]): Row[] =>
    prepare(select.sql.text).all(...first, ...select.sql.values) as unknown as Row[];

  return (soql, basePath) => {
    const select = compile(soql);
    const rows = rowsOf(select);
    if (select.countOnly) return { totalSize: rows[0]?.[0] as number, records: [], wide: false };
    const link = (type: string, id: unknown) => ({ type, url: `${basePath}/sobjects/${type}/${id}` });
    const ids = JSON.stringify(select.children.length > 0 ? rows.map((row) => row[select.idColumn]) : []);
    const children = select.children.map((child) => ({
      child,
      byParent: groupByParent(child, rowsOf(child.select, ids)),
    }));

    const records = rows.map((row) => {
      const record = print(select, row, link);
      for (const { child, byParent } of children) {
        const all = byParent.get(row[select.idColumn]) ?? [];
        const kept = all.slice(child.offset, child.limit === undefined ? undefined : child.offset + child.limit);
        const printed = kept.map((childRow) => print(child.select, childRow, link));
        record[child.name] = printed.length > 0 ? { totalSize: printed.length, done: true, records: printed } : null;
      }
      return record;
    });
    return { totalSize: records.length, records, wide: children.length > 0 };
  };
}

function parse(soql: string) {
  try {
    return parseQuery(soql);
  } catch (error) {
    const found = error instanceof Error ? /found:?(?: -->)? '([^']*)'/.exec(error.message)?.[1] : undefined;
    throw malformedQuery(`unexpected token: '${found || '<EOF>'}'`);
  }
}

function createPrepare(db: DatabaseSync): (sql: string) => StatementSync {
  const statements = new Map<string, StatementSync>();
  return (sql) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    if (statements.size >= maxKept) statements.clear();
    statements.set(sql, statement);
    return statement;
  };
}

function groupByParent({ select }: ChildItem, rows: Row[]): Map<unknown, Row[]> {
  return Map.groupBy(rows, (row) => row[select.parentColumn]);
}

function print(select: Select, row: Row, link: (type: string, id: unknown) => Json): Json {
  const record: Json = {
    attributes: select.aggregate ? { type: 'AggregateResult' } : link(select.object.name, row[select.idColumn]),
  };
  for (const { name, kind, column, parents } of select.items) {
    let holder: Json | null = record;
    for (const parent of parents) {
      const id = row[parent.idColumn];
      holder[parent.name] ??= id === null ? null : { attributes: link(parent.object, id) };
      holder = holder[parent.name] as Json | null;
      if (holder === null) break;
    }
    if (holder) holder[name] = printValue(row[column], kind);
  }
  return record;
}
