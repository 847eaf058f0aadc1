import {
  accountSource,
  customerSource,
  lineSource,
  periodSource,
  transactionSource,
  vendorSource,
} from '../sources.ts';
import { readCriterion } from './conditions.ts';
import type { SearchName } from './criteria.ts';
import { searchDefinitions } from './criteria.ts';
import { SoapFault, StatusError } from './errors.ts';
import { recordDefinitions } from './fields.ts';
import type { SearchJoin } from './joins.ts';
import { searchJoins } from './joins.ts';
import type { Condition } from './operators.ts';
import type { XmlNode } from './xml.ts';
import { child } from './xml.ts';

/** A search made ready: what follows FROM, and which columns it shows (none for whole records). */
export interface SearchPlan {
  name: SearchName;
  from: string;
  values: (string | number)[];
  order: string;
  columns: ColumnPlan[] | null;
}

/** The columns asked of the record itself (`basic`) or of one that it is joined with. */
export interface ColumnPlan {
  group: string;
  search: SearchName;
  alias: string;
  names: string[];
}

const sources: Record<SearchName, string> = {
  Customer: customerSource,
  Vendor: vendorSource,
  Transaction: transactionSource,
  Account: accountSource,
  AccountingPeriod: periodSource,
};

/** Reads a `searchRecord`: `XxxSearch`, `XxxSearchBasic` or `XxxSearchAdvanced`. */
export function readSearch(searchRecord: XmlNode | undefined, showColumns: boolean, today: string): SearchPlan {
  const type = searchRecord?.xsiType ?? '';
  const [, name, form = ''] = /^([A-Za-z]+?)Search(Basic|Advanced)?$/.exec(type) ?? [];
  if (type === '') throw unreadable('SearchRecord is abstract: the searchRecord has no xsi:type.');
  if (!name || !Object.hasOwn(searchDefinitions, name)) throw unreadable(`The search type ${type} is not supported.`);
  if (searchRecord?.attributes.savedSearchId || searchRecord?.attributes.savedSearchScriptId) {
    throw new StatusError('RCRD_DSNT_EXIST', 'That saved search does not exist.');
  }
  const criteria = form === 'Advanced' ? child(searchRecord, 'criteria') : searchRecord;
  const basic = form === 'Basic' ? searchRecord : child(criteria, 'basic');
  const joins = form === 'Basic' ? [] : (criteria?.children.filter(({ name: each }) => each !== 'basic') ?? []);
  const columns =
    form === 'Advanced' && showColumns ? readColumns(name as SearchName, child(searchRecord, 'columns')) : null;
  return plan(name as SearchName, basic, joins, columns, today);
}

function plan(
  name: SearchName,
  basic: XmlNode | undefined,
  joins: XmlNode[],
  columns: ColumnPlan[] | null,
  today: string,
): SearchPlan {
  const criteria = basic?.children ?? [];
  // Whole records come once each; only column results have a row for each line.
  const searched = columns ? criteria : criteria.filter((each) => each.name !== 'mainLine');
  const perLine = columns !== null && name === 'Transaction' && !criteria.some(isMainLine);
  const joined = joins.filter((join) => join.children.length > 0).map((join) => readJoin(name, join, today));
  const conditions: Condition[] = [
    ...searched.map((each) => readCriterion(searchDefinitions[name], each, 'r', today)),
    ...joined,
  ];
  // The plus keeps the database from reading every readable type when the criteria name one.
  if (!columns && name === 'Transaction') conditions.push({ sql: `+r.type IN (${readableTypes})`, values: [] });
  const needed = new Set([...joined.map(({ join }) => join), ...(columns?.map(({ group }) => group) ?? [])]);
  const tables = [...needed].map((group) => {
    const join = joinOf(name, group);
    if (!join || join.many) return '';
    // An outer join keeps a transaction without customer; criteria on the customer drop it either way.
    const outer = joined.some((criteria) => criteria.join === group) ? '' : 'LEFT ';
    return `${outer}JOIN ${sources[join.search]} ${group} ON ${join.on(group)}`;
  });
  const where = conditions.map(({ sql }) => sql).join(' AND ') || '1 = 1';
  return {
    name,
    from: `FROM ${perLine ? lineSource : sources[name]} r ${tables.join(' ')} WHERE ${where}`,
    values: conditions.flatMap(({ values }) => values),
    order: perLine ? 'r.id, r.mainline DESC' : 'r.id',
    columns,
  };
}

const joinOf = (name: SearchName, group: string): SearchJoin | undefined =>
  Object.hasOwn(searchJoins[name], group) ? searchJoins[name][group] : undefined;

/** The criteria of a join as one condition. */
function readJoin(name: SearchName, node: XmlNode, today: string): Condition & { join: string } {
  const join = joinOf(name, node.name);
  if (!join) throw new StatusError('INVALID_SEARCH_JOIN_ID', `The search join ${node.name} is not supported.`);
  const conditions = node.children.map((each) => readCriterion(searchDefinitions[join.search], each, node.name, today));
  const sql = conditions.map((condition) => condition.sql).join(' AND ');
  const values = conditions.flatMap((condition) => condition.values);
  if (!join.many) return { join: node.name, sql, values };
  const rows = `SELECT 1 FROM ${sources[join.search]} ${node.name} WHERE ${join.on(node.name)} AND ${sql}`;
  return { join: node.name, sql: `EXISTS (${rows})`, values };
}

const readableTypes = recordDefinitions
  .flatMap(({ transaction }) => (transaction ? [`'${transaction}'`] : []))
  .join(', ');

const isMainLine = ({ name, children: [value] }: XmlNode) =>
  name === 'mainLine' && /^(true|1)$/i.test(value?.text ?? '');

function readColumns(name: SearchName, columns: XmlNode | undefined): ColumnPlan[] | null {
  if (!columns || columns.children.length === 0) return null;
  const groups = columns.children.map((group): ColumnPlan => {
    const join = joinOf(name, group.name);
    if (group.name !== 'basic' && (!join || join.many)) {
      throw new StatusError('INVALID_SEARCH_JOIN_ID', `The result join ${group.name} is not supported.`);
    }
    const search = join?.search ?? name;
    const known = Object.entries(searchDefinitions[search].fields).flatMap(([field, { only }]) =>
      only === 'criterion' ? [] : [field],
    );
    const asked = group.children.map((column) => column.name);
    const unknown = asked.find((column) => !known.includes(column));
    if (unknown) throw new StatusError('INVALID_SEARCH_FIELD_NAME', `The result column ${unknown} is not valid.`);
    // The schema lists columns alphabetically, whatever order they were asked in.
    const names = [...new Set(asked)].sort();
    return { group: group.name, search, alias: join ? group.name : 'r', names };
  });
  // `basic` comes first in the schema, joins after it by name.
  return groups.sort((a, b) => compareGroups(a.group, b.group));
}

const compareGroups = (a: string, b: string) => {
  if (a === 'basic' || b === 'basic') return a === 'basic' ? -1 : 1;
  return a < b ? -1 : 1;
};

const unreadable = (message: string) => new SoapFault('unexpectedErrorFault', 'UNEXPECTED_ERROR', message);
