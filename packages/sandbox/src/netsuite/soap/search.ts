import {
  accountSource,
  customerSource,
  lineSource,
  periodSource,
  transactionSource,
  vendorSource,
} from '../sources.ts';
import type { Condition } from './conditions.ts';
import { readCriterion } from './conditions.ts';
import type { SearchName } from './criteria.ts';
import { searchDefinitions } from './criteria.ts';
import { SoapFault, StatusError } from './errors.ts';
import { recordDefinitions } from './fields.ts';
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

/** The columns asked of the record itself (`basic`) or of its customer (`customerJoin`). */
export interface ColumnPlan {
  group: 'basic' | 'customerJoin';
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
  const customer = joins.find(({ name: join }) => join === 'customerJoin' && name === 'Transaction');
  const unknown = joins.find((join) => join !== customer && join.children.length > 0);
  if (unknown) throw new StatusError('INVALID_SEARCH_FIELD_NAME', `The search join ${unknown.name} is not supported.`);

  // Whole records come once each; only column results have a row for each line.
  const searched = columns ? criteria : criteria.filter((each) => each.name !== 'mainLine');
  const perLine = columns !== null && name === 'Transaction' && !criteria.some(isMainLine);
  const conditions: Condition[] = [
    ...searched.map((each) => readCriterion(searchDefinitions[name], each, 'r', today)),
    ...(customer?.children.map((each) => readCriterion(searchDefinitions.Customer, each, 'j', today)) ?? []),
  ];
  if (!columns && name === 'Transaction') conditions.push({ sql: `r.type IN (${readableTypes})`, values: [] });
  const joinsCustomer = customer !== undefined || columns?.some(({ alias }) => alias === 'j');
  // An outer join would keep a payment run without customer; criteria on the customer drop it either way.
  const join = joinsCustomer ? `${customer ? '' : 'LEFT '}JOIN ${customerSource} j ON j.id = r.entity` : '';
  const where = conditions.map(({ sql }) => sql).join(' AND ') || '1 = 1';
  return {
    name,
    from: `FROM ${perLine ? lineSource : sources[name]} r ${join} WHERE ${where}`,
    values: conditions.flatMap(({ values }) => values),
    order: perLine ? 'r.id, r.mainline DESC' : 'r.id',
    columns,
  };
}

const readableTypes = recordDefinitions
  .flatMap(({ transaction }) => (transaction ? [`'${transaction}'`] : []))
  .join(', ');

const isMainLine = ({ name, children: [value] }: XmlNode) =>
  name === 'mainLine' && /^(true|1)$/i.test(value?.text ?? '');

function readColumns(name: SearchName, columns: XmlNode | undefined): ColumnPlan[] | null {
  if (!columns || columns.children.length === 0) return null;
  return columns.children.map((group) => {
    const joined = group.name === 'customerJoin' && name === 'Transaction';
    if (group.name !== 'basic' && !joined) {
      throw new StatusError('INVALID_SEARCH_FIELD_NAME', `The result join ${group.name} is not supported.`);
    }
    const search = joined ? 'Customer' : name;
    const known = Object.entries(searchDefinitions[search].fields).flatMap(([field, { only }]) =>
      only === 'criterion' ? [] : [field],
    );
    const asked = group.children.map((column) => column.name);
    const unknown = asked.find((column) => !known.includes(column));
    if (unknown) throw new StatusError('INVALID_SEARCH_FIELD_NAME', `The result column ${unknown} is not valid.`);
    // The schema lists columns alphabetically, whatever order they were asked in.
    const names = [...new Set(asked)].sort();
    return { group: joined ? 'customerJoin' : 'basic', search, alias: joined ? 'j' : 'r', names };
  });
}

const unreadable = (message: string) => new SoapFault('unexpectedErrorFault', 'UNEXPECTED_ERROR', message);
