import type { Answer } from '../answers.ts';
import { instantOf, Refusal } from '../answers.ts';
import { knownList } from '../lists/lists.ts';
import { decodeToken, encodeToken, pageSize } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import { readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
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

function activities(desk: Desk, parameters: Parameters): Answer {
  const cursor = readLogCursor(parameters);
  const typeIds = new Set(parameters.list('activityTypeIds').map(readInteger));
  if (typeIds.size === 0) throw new Refusal('1002', "Missing value for required parameter 'activityTypeIds'");
  if (typeIds.size > 10) throw new Refusal('1003', 'activityTypeIds takes at most 10 ids');
  const assetIds = new Set(parameters.list('assetIds').map(readInteger));
  const concerns = readPeople(desk, parameters);

  return scan(
    desk,
    cursor,
    pageSize(parameters),
    (row) =>
      typeIds.has(Number(row.type_id)) &&
      concerns(Number(row.lead_id)) &&
      (assetIds.size === 0 || assetIds.has(Number(row.primary_id))),
    toActivity,
  );
}

function leadChanges(desk: Desk, parameters: Parameters): Answer {
  const cursor = readLogCursor(parameters);
  parameters.required('fields');
  const fields = new Set(parameters.list('fields'));
  const concerns = readPeople(desk, parameters);
  const changed = (row: Row) => row.type_id === 12 || (row.type_id === 13 && fields.has(String(row.primary_value)));
  return scan(desk, cursor, pageSize(parameters), (row) => changed(row) && concerns(Number(row.lead_id)), toChange);
}

function deletedLeads(desk: Desk, parameters: Parameters): Answer {
  const { at, id, token } = readLogCursor(parameters);
  const oldest = instantOf(desk.now() - keptDeletionsMs);
  const cursor = at < oldest ? { at: oldest, id: -1, token } : { at, id, token };
  return scan(desk, cursor, pageSize(parameters), (row) => row.type_id === 37, toActivity);
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
function readPeople({ reader }: Desk, parameters: Parameters): (leadId: number) => boolean {
  const leadIds = new Set(parameters.list('leadIds').map(readInteger));
  if (leadIds.size > 30) throw new Refusal('1003', 'leadIds takes at most 30 ids');
  const listId = parameters.text('listId');
  if (listId === undefined) return (leadId) => leadIds.size === 0 || leadIds.has(leadId);
  const list = knownList(reader, listId);
  const members = reader.all('SELECT lead_id FROM mk_list_member WHERE list_id = ? LIMIT ?', list.id, largestList);
  if (members.length >= largestList) throw new Refusal('1003', 'The list is too large');
  const listed = new Set(members.map((row) => Number(row.lead_id)));
  return (leadId) => listed.has(leadId) && (leadIds.size === 0 || leadIds.has(leadId));
}

/** Reads one block of the log and tells where the next one begins; a block may hold nothing that was asked for. */
function scan(
  desk: Desk,
  { at, id, token }: LogCursor,
  size: number,
  matches: (row: Row) => boolean,
  show: (desk: Desk, row: Row) => object,
): Answer {
  const { reader, control } = desk;
  const log = reader.all(
    'SELECT * FROM mk_activity WHERE at >= ? AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?',
    at,
    at,
    id,
    blockRows,
  );
  const matching = log.filter(matches);
  const full = matching.length > size;
  const rows = full ? matching.slice(0, size) : matching;
  const last = full ? rows.at(-1) : log.at(-1);
  const nextPageToken = last ? encodeToken(['since', String(last.at), Number(last.id)]) : token;
  const answer = { nextPageToken, moreResult: full || log.length === blockRows };
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
