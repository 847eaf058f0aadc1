import { Refusal } from '../answers.ts';
import type { DescribedField } from '../fields.ts';
import { chooseFields } from '../fields.ts';
import { leadFields } from '../leads/fields.ts';
import { knownList } from '../lists/lists.ts';
import { isRecord, missing, readInstant, readInteger } from '../parameters.ts';
import { memberFields } from '../programs/member-fields.ts';
import { knownProgram } from '../programs/membership.ts';
import type { Reader, Value } from '../rows.ts';
import type { Cell } from './table.ts';

type Body = Record<string, unknown>;

/** What an export selects: its columns, and its rows once its turn comes. */
export interface Source {
  columns: string[];
  rows(): Cell[][];
}

const longestRangeMs = 31 * 86_400_000;

function readFilter(body: Body): Body {
  if (!isRecord(body.filter)) throw missing('filter');
  return body.filter;
}

/** Filters that need what a standard subscription has not. */
function refuseFilters(filter: Body, names: readonly string[]) {
  const unsupported = names.find((name) => filter[name] !== undefined);
  if (unsupported) throw new Refusal('1035', `Unsupported filter type for target subscription: ${unsupported}`);
}

function readRange(given: unknown, name: string): [string, string] {
  if (!isRecord(given) || given.startAt == null || given.endAt == null) throw missing(`filter.${name}`);
  const [from, to] = [readInstant(given.startAt), readInstant(given.endAt)];
  if (to < from) throw new Refusal('1003', 'endAt is before startAt');
  if (Date.parse(to) - Date.parse(from) > longestRangeMs) {
    throw new Refusal('1003', 'Invalid date range: it is longer than 31 days');
  }
  return [from, to];
}

function readFields<F extends DescribedField>(body: Body, all: readonly F[]): F[] {
  const { fields } = body;
  if (!Array.isArray(fields) || fields.length === 0) throw missing('fields');
  return chooseFields(all, fields.map(String), []);
}

function readArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value == null ? [] : [value];
}

const show = (field: DescribedField, value: unknown): Cell =>
  field.boolean && value !== null ? value === 1 : (value as Cell);

function table(reader: Reader, fields: readonly DescribedField[], from: string, values: Value[]): Source {
  const columns = fields.map((field, index) => `${field.sql} AS c${index}`);
  return {
    columns: fields.map((field) => field.name),
    rows: () =>
      reader
        .all(`SELECT ${columns} FROM ${from}`, ...values)
        .map((row) => fields.map((field, index) => show(field, row[`c${index}`] ?? null))),
  };
}

const leadFilters = ['createdAt', 'staticListId', 'staticListName'];

export function leadSource(reader: Reader, body: Body): Source {
  const fields = readFields(body, leadFields);
  const filter = readFilter(body);
  refuseFilters(filter, ['updatedAt', 'smartListId', 'smartListName']);
  const given = leadFilters.filter((name) => filter[name] !== undefined);
  if (given.length !== 1) throw new Refusal('1003', 'An export takes exactly one filter');
  if (filter.createdAt !== undefined) {
    const range = readRange(filter.createdAt, 'createdAt');
    return table(reader, fields, 'mk_lead l WHERE l.created_at >= ? AND l.created_at <= ? ORDER BY l.id', range);
  }
  const listId =
    filter.staticListId !== undefined ? String(filter.staticListId) : listNamed(reader, filter.staticListName);
  const list = knownList(reader, listId);
  const from = 'mk_list_member i JOIN mk_lead l ON l.id = i.lead_id WHERE i.list_id = ? ORDER BY l.id';
  return table(reader, fields, from, [list.id]);
}

function listNamed(reader: Reader, name: unknown): string {
  const [list] = reader.all('SELECT id FROM mk_list WHERE name = ?', String(name));
  if (!list) throw new Refusal('1013', 'List not found');
  return String(list.id);
}

export function memberSource(reader: Reader, body: Body): Source {
  const filter = readFilter(body);
  refuseFilters(filter, ['updatedAt']);
  const given = readArray(filter.programIds ?? filter.programId);
  if (given.length === 0) throw missing('filter.programId');
  if (given.length > 10) throw new Refusal('1003', 'programIds takes at most 10 ids');
  const ids = given.map((id) => knownProgram(reader, String(id)).id);
  const names = readArray(filter.statusNames).map(String);
  const own = new Set(memberFields.map((field) => field.name));
  const fields = readFields(body, [...memberFields, ...leadFields.filter((field) => !own.has(field.name))]);
  const from = `mk_member m JOIN mk_lead l ON l.id = m.lead_id WHERE m.program_id IN (SELECT value FROM json_each(?))
    AND (? = 0 OR m.status IN (SELECT value FROM json_each(?))) ORDER BY m.id`;
  return table(reader, fields, from, [JSON.stringify(ids), names.length, JSON.stringify(names)]);
}

const activityColumns = [
  'marketoGUID',
  'leadId',
  'activityDate',
  'activityTypeId',
  'campaignId',
  'primaryAttributeValueId',
  'primaryAttributeValue',
  'attributes',
];

export function activitySource(reader: Reader, body: Body): Source {
  const filter = readFilter(body);
  const [from, to] = readRange(filter.createdAt, 'createdAt');
  const typeIds = readArray(filter.activityTypeIds).map((id) => readInteger(String(id)));
  const primaryIds = readArray(filter.primaryAttributeValueIds).map((id) => readInteger(String(id)));
  const primaryValues = readArray(filter.primaryAttributeValues).map(String);
  const asked = readArray(body.fields).map(String);
  const unknown = asked.find((name) => !activityColumns.includes(name));
  if (unknown) throw new Refusal('1006', `Field '${unknown}' not found`);
  const columns = asked.length > 0 ? asked : activityColumns;
  const among = (values: unknown[], column: string) =>
    values.length > 0
      ? `AND ${column} IN (SELECT value FROM json_each('${JSON.stringify(values).replaceAll("'", "''")}'))`
      : '';

  return {
    columns,
    rows: () => {
      const rows = reader.all(
        `SELECT CAST(id AS TEXT) AS marketoGUID, lead_id AS leadId, at AS activityDate, type_id AS activityTypeId,
           campaign_id AS campaignId, primary_id AS primaryAttributeValueId, primary_value AS primaryAttributeValue, attributes
         FROM mk_activity WHERE at >= ? AND at <= ? ${among(typeIds, 'type_id')} ${among(primaryIds, 'primary_id')}
           ${among(primaryValues, 'primary_value')} ORDER BY at, id`,
        from,
        to,
      );
      return rows.map((row) => columns.map((name) => (row[name] ?? null) as Cell));
    },
  };
}
