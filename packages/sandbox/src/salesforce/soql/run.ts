import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { World } from '../../world/world.ts';
import { objectOfId } from '../schema/objects.ts';
import type { Calendar } from './calendar.ts';
import { addCalendarTo } from './calendar.ts';
import type { ChildItem, Select } from './compile.ts';
import { compileQuery } from './compile.ts';
import { parseSoql } from './parse.ts';
import type { Show } from './shown.ts';
import { createShow } from './shown.ts';
import { printValue } from './values.ts';

export type Json = Record<string, unknown>;

export interface Answer {
  totalSize: number;
  records: Json[];
  aggregate: boolean;
  /** Names of the lists of children that the records have. */
  lists: string[];
}

/** Answers a SOQL text; `basePath` is `/services/data/vXX.0`, for the links in the records. */
export type RunSoql = (soql: string, basePath: string, all?: boolean) => Answer;

type Row = unknown[];

const maxKept = 500;

export function createSoql({ db }: World, calendar: Calendar): RunSoql {
  addCalendarTo(db, calendar);
  const prepare = createPrepare(db);
  const show = createShow(calendar.zone.name);
  const selects = new Map<string, Select>();

  const compile = (soql: string, all: boolean): Select => {
    // A date literal in it means other days tomorrow.
    const key = `${all} ${calendar.today()} ${soql}`;
    const known = selects.get(key);
    if (known) return known;
    const select = compileQuery(parseSoql(soql), { soql, calendar, all });
    if (selects.size >= maxKept) selects.clear();
    selects.set(key, select);
    return select;
  };
  const rowsOf = (select: Select, ...first: string[]): Row[] =>
    prepare(select.sql.text).all(...first, ...select.sql.values) as unknown as Row[];

  return (soql, basePath, all = false) => {
    const select = compile(soql, all);
    const rows = rowsOf(select);
    if (select.countOnly) return { totalSize: rows[0]?.[0] as number, records: [], aggregate: true, lists: [] };
    const link = (type: string, id: unknown) => ({ type, url: `${basePath}/sobjects/${type}/${id}` });
    const ids = JSON.stringify(select.children.length > 0 ? rows.map((row) => row[select.idColumn]) : []);
    const children = select.children.map((child) => ({
      child,
      byParent: groupByParent(child, rowsOf(child.select, ids)),
    }));

    const records = rows.map((row) => {
      const record = print(select, row, link, show);
      for (const { child, byParent } of children) {
        const all = byParent.get(row[select.idColumn]) ?? [];
        const kept = all.slice(child.offset, child.limit === undefined ? undefined : child.offset + child.limit);
        const printed = kept.map((childRow) => print(child.select, childRow, link, show));
        record[child.name] = printed.length > 0 ? { totalSize: printed.length, done: true, records: printed } : null;
      }
      return record;
    });
    const lists = select.children.map(({ name }) => name);
    return { totalSize: records.length, records, aggregate: select.aggregate, lists };
  };
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

const typeOf = (id: unknown) => objectOfId(String(id))?.name ?? 'Name';

function print(select: Select, row: Row, link: (type: string, id: unknown) => Json, show: Show): Json {
  const record: Json = {
    attributes: select.aggregate ? { type: 'AggregateResult' } : link(select.object.name, row[select.idColumn]),
  };
  for (const { name, kind, column, parents, formatted } of select.items) {
    let holder: Json | null = record;
    for (const parent of parents) {
      const id = row[parent.idColumn];
      holder[parent.name] ??= id === null ? null : { attributes: link(typeOf(id), id) };
      holder = holder[parent.name] as Json | null;
      if (holder === null) break;
    }
    if (holder) holder[name] = formatted ? show(row[column], kind) : printValue(row[column], kind);
  }
  for (const { name, idColumn, branches, otherwise } of select.variants) {
    const id = row[idColumn];
    const type = id === null ? undefined : typeOf(id);
    record[name] = type === undefined ? null : { attributes: link(type, id) };
    for (const field of type === undefined ? [] : (branches.get(type) ?? otherwise)) {
      (record[name] as Json)[field.name] = printValue(row[field.column], field.kind);
    }
  }
  return record;
}
