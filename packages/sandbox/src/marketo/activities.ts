import type { Answer } from './answers.ts';
import { Refusal } from './answers.ts';
import { pageSize } from './leads.ts';
import { decodeToken, encodeToken } from './paging.ts';
import type { Parameters } from './parameters.ts';
import { readInteger } from './parameters.ts';
import type { Desk, Route } from './routes.ts';

/** Marketo reads its log in blocks, so one page looks at no more rows than this, however few of them match. */
const blockRows = 3000;

const attribute = (name: string, dataType: string) => ({ name, dataType });

const types = [
  { id: 2, name: 'Fill Out Form', description: 'User fills out a form', primary: attribute('Webform ID', 'integer') },
  { id: 10, name: 'Open Email', description: 'User opens an email', primary: attribute('Mailing ID', 'integer') },
  { id: 11, name: 'Click Email', description: 'User clicks a link', primary: attribute('Mailing ID', 'integer') },
  { id: 12, name: 'New Lead', description: 'New person is created', primary: attribute('Lead ID', 'integer') },
  {
    id: 104,
    name: 'Change Status in Progression',
    description: 'Person changes status in a program',
    primary: attribute('Program ID', 'integer'),
  },
];

const attributesOf: Record<number, { name: string; dataType: string }[]> = {
  10: [attribute('Is Mobile Device', 'boolean')],
  104: [
    attribute('Old Status', 'string'),
    attribute('New Status', 'string'),
    attribute('Success', 'boolean'),
    attribute('Acquired By', 'boolean'),
    attribute('Program Member ID', 'integer'),
  ],
};

export const activityRoutes: readonly Route[] = [
  { path: '/rest/v1/activities/pagingtoken.json', operation: 'activities:token', answer: pagingToken },
  { path: '/rest/v1/activities.json', operation: 'activities', answer: activities },
  { path: '/rest/v1/activities/types.json', operation: 'activities:types', answer: activityTypes },
];

function activityTypes(): Answer {
  const result = types.map(({ id, name, description, primary }) => ({
    id,
    name,
    description,
    primaryAttribute: primary,
    attributes: attributesOf[id] ?? [],
  }));
  return { result };
}

function pagingToken(_: Desk, parameters: Parameters): Answer {
  parameters.required('sinceDatetime');
  return { nextPageToken: encodeToken(['since', parameters.date('sinceDatetime') ?? '', -1]) };
}

function activities({ reader, control }: Desk, parameters: Parameters): Answer {
  const token = parameters.required('nextPageToken');
  const [kind, at = '', id = ''] = decodeToken(token, 3);
  if (kind !== 'since') throw new Refusal('1003', 'Invalid value for nextPageToken');
  const typeIds = new Set(parameters.list('activityTypeIds').map(readInteger));
  if (typeIds.size === 0) throw new Refusal('1002', "Missing value for required parameter 'activityTypeIds'");
  if (typeIds.size > 10) throw new Refusal('1003', 'activityTypeIds takes at most 10 ids');
  const leadIds = new Set(parameters.list('leadIds').map(readInteger));
  if (leadIds.size > 30) throw new Refusal('1003', 'leadIds takes at most 30 ids');
  if (parameters.text('listId')) throw new Refusal('1013', 'List not found');
  const assetIds = new Set(parameters.list('assetIds').map(readInteger));
  const size = pageSize(parameters);

  const log = reader.all(
    'SELECT * FROM mk_activity WHERE at >= ? AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?',
    at,
    at,
    Number(id),
    blockRows,
  );
  const matching = log.filter(
    (row) =>
      typeIds.has(Number(row.type_id)) &&
      (leadIds.size === 0 || leadIds.has(Number(row.lead_id))) &&
      (assetIds.size === 0 || assetIds.has(Number(row.primary_id))),
  );
  const full = matching.length > size;
  const rows = full ? matching.slice(0, size) : matching;
  const last = full ? rows.at(-1) : log.at(-1);
  const nextPageToken = last ? encodeToken(['since', String(last.at), Number(last.id)]) : token;
  const answer = { nextPageToken, moreResult: full || log.length === blockRows };
  return rows.length > 0 ? { ...answer, result: control.scramble(rows).map(toActivity) } : answer;
}

function toActivity(row: Record<string, unknown>) {
  const attributes = JSON.parse(String(row.attributes)) as Record<string, unknown>;
  return {
    id: row.id,
    marketoGUID: String(row.id),
    leadId: row.lead_id,
    activityDate: row.at,
    activityTypeId: row.type_id,
    ...(row.campaign_id !== null && { campaignId: row.campaign_id }),
    ...(row.primary_id !== null && { primaryAttributeValueId: row.primary_id }),
    ...(row.primary_value !== null && { primaryAttributeValue: row.primary_value }),
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
  };
}
