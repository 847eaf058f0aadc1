import type { Answer } from '../answers.ts';
import { instantOf, Refusal } from '../answers.ts';
import { knownList } from '../lists/lists.ts';
import { decodeToken, encodeToken, pageSize } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import { readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import type { Value } from '../rows.ts';
import { activityTypes } from './types.ts';

/** Marketo reads its log in blocks, so one page looks at no more rows than this, however few of them match. */
const blockRows = 3000;
const keptDeletionsMs = 14 * 86_400_000;
const largestList = 10_000;

type Row = Record<string, unknown>;

export const activityRoutes: readonly Route[] = [
  { path: '/rest/v1/activities/pagingtoken.json', operation: 'activities:token', answer: pagingToken },
  { path: '/rest/v1/activities.json', operation: 'activities', answer: activities },
  { path: '/rest/v1/activities/leadchanges.json', operation: 'activities:changes', answer: leadChanges },
  { path: '/rest/v1/activities/deletedleads.json', operation: 'activities:deleted', answer: deletedLeads },
  {
    path: '/rest/v1/activities/types.json',
    operation: 'activities:types',
    answer: () => ({ result: [...activityTypes] }),
  },
];

function pagingToken(_: Desk, parameters: Parameters): Answer {
  parameters.required('sinceDatetime');
  return { nextPageToken: encodeToken(['since', parameters.date('sinceDatetime') ?? '', -1]) };
}

/** What is asked of the log: a condition on `b`, which an index covers, and `a`, the whole lines. */
interface Question {
  where: string;
  values: Value[];
}

const among = (column: string, list: readonly unknown[]): Question => ({
  where: `${column} IN (SELECT value FROM json_each(?))`,
  values: [JSON.stringify(list)],
});

const both = (...questions: Question[]): Question => ({
  where: questions.map(({ where }) => where).join(' AND '),
  values: questions.flatMap(({ values }) => values),
});

function activities(desk: Desk, parameters: Parameters): Answer {
  const cursor = readLogCursor(parameters);
  const typeIds = [...new Set(parameters.list('activityTypeIds').map(readInteger))];
  if (typeIds.length === 0) throw new Refusal('1002', "Missing value for required parameter 'activityTypeIds'");
  if (typeIds.length > 10) throw new Refusal('1003', 'activityTypeIds takes at most 10 ids');
  const assetIds = parameters.list('assetIds').map(readInteger);
  const asked = [among('b.type_id', typeIds), ...readPeople(desk, parameters)];
  const question = both(...asked, ...(assetIds.length > 0 ? [among('a.primary_id', assetIds)] : []));
  return scan(desk, cursor, pageSize(parameters), question, toActivity);
}

function leadChanges(desk: Desk, parameters: Parameters): Answer {
  const cursor = readLogCursor(parameters);
  parameters.required('fields');
  const field = among('a.primary_value', parameters.list('fields'));
  const changed = { ...field, where: `(b.type_id = 12 OR (b.type_id = 13 AND ${field.where}))` };
  return scan(desk, cursor, pageSize(parameters), both(changed, ...readPeople(desk, parameters)), toChange);
}

function deletedLeads(desk: Desk, parameters: Parameters): Answer {
  const { at, id, token } = readLogCursor(parameters);
  const oldest = instantOf(desk.now() - keptDeletionsMs);
  const cursor = at < oldest ? { at: oldest, id: -1, token } : { at, id, token };
  return scan(desk, cursor, pageSize(parameters), { where: 'b.type_id = 37', values: [] }, toActivity);
}

interface LogCursor {
  at: string;
  id: number;
  token: string;
}

function readLogCursor(parameters: Parameters): LogCursor {
  const token = parameters.required('nextPageToken');
  const [kind, at = '', id = ''] = decodeToken(token, 3);
  if (kind !== 'since') throw new Refusal('1003', 'Invalid value for nextPageToken');
  return { at, id: Number(id), token };
}

/** Whom a question about the log is about: some people, the people of a list, or all. */
function readPeople({ reader }: Desk, parameters: Parameters): Question[] {
  const leadIds = [...new Set(parameters.list('leadIds').map(readInteger))];
  if (leadIds.length > 30) throw new Refusal('1003', 'leadIds takes at most 30 ids');
  const some = leadIds.length > 0 ? [among('b.lead_id', leadIds)] : [];
  const listId = parameters.text('listId');
  if (listId === undefined) return some;
  const list = knownList(reader, listId);
  const [last] = reader.all(
    'SELECT 1 FROM mk_list_member WHERE list_id = ? LIMIT 1 OFFSET ?',
    list.id,
    largestList - 1,
  );
  if (last) throw new Refusal('1003', 'The list is too large');
  return [...some, { where: 'b.lead_id IN (SELECT lead_id FROM mk_list_member WHERE list_id = ?)', values: [list.id] }];
}

/** Reads one block of the log and tells where the next one begins; a block may hold nothing that was asked for. */
function scan(
  desk: Desk,
  { at, id, token }: LogCursor,
  size: number,
  { where, values }: Question,
  show: (desk: Desk, row: Row) => object,
): Answer {
  const { reader, control } = desk;
  const after = 'FROM mk_activity WHERE at >= ? AND (at, id) > (?, ?)';
  const from = [at, at, id];
  const matching = reader.all(
    `SELECT a.* FROM (SELECT id AS line, at AS moment, type_id, lead_id ${after} ORDER BY at, id LIMIT ?) b
     JOIN mk_activity a ON a.id = b.line WHERE ${where} ORDER BY b.moment, b.line LIMIT ?`,
    ...from,
    blockRows,
    ...values,
    size + 1,
  );
  const full = matching.length > size;
  const rows = full ? matching.slice(0, size) : matching;
  const [blockEnd] = full
    ? []
    : reader.all(`SELECT at, id ${after} ORDER BY at, id LIMIT 1 OFFSET ?`, ...from, blockRows - 1);
  const [logEnd] =
    full || blockEnd ? [] : reader.all(`SELECT at, id ${after} ORDER BY at DESC, id DESC LIMIT 1`, ...from);
  const last = full ? rows.at(-1) : (blockEnd ?? logEnd);
  const nextPageToken = last ? encodeToken(['since', String(last.at), Number(last.id)]) : token;
  const answer = { nextPageToken, moreResult: full || blockEnd !== undefined };
  return rows.length > 0 ? { ...answer, result: control.scramble(rows).map((row) => show(desk, row)) } : answer;
}

/** An instance that has been moved to the new log knows a line by its GUID alone. */
function idsOf({ guidOnly }: Desk, { id }: Row): object {
  return { ...(!guidOnly && { id }), marketoGUID: String(id) };
}

function toActivity(desk: Desk, row: Row): object {
  return {
    ...idsOf(desk, row),
    leadId: row.lead_id,
    activityDate: row.at,
    activityTypeId: row.type_id,
    ...(row.campaign_id !== null && { campaignId: row.campaign_id }),
    ...(row.primary_id !== null && { primaryAttributeValueId: row.primary_id }),
    ...(row.primary_value !== null && { primaryAttributeValue: row.primary_value }),
    attributes: Object.entries(attributesOf(row)).map(([name, value]) => ({ name, value })),
  };
}

/** A change names its field on the side of the attributes, which keep the rest. */
function toChange(desk: Desk, row: Row): object {
  const { 'Old Value': oldValue, 'New Value': newValue, ...rest } = attributesOf(row);
  const field = { id: row.primary_id, name: row.primary_value, newValue, oldValue };
  return {
    ...idsOf(desk, row),
    leadId: row.lead_id,
    activityDate: row.at,
    activityTypeId: row.type_id,
    fields: row.type_id === 13 ? [field] : [],
    attributes: Object.entries(rest).map(([name, value]) => ({ name, value })),
  };
}

function attributesOf(row: Row): Record<string, unknown> {
  return JSON.parse(String(row.attributes)) as Record<string, unknown>;
}
