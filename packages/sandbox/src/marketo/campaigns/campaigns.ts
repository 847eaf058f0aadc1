import type { Answer } from '../answers.ts';
import { Refusal, withoutNulls } from '../answers.ts';
import { readFilters } from '../lists/lists.ts';
import { page, pageSize, readCursor } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import { readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import type { Reader, Row } from '../rows.ts';

export const campaignRoutes: readonly Route[] = [
  { path: '/rest/v1/campaigns.json', operation: 'campaigns', answer: campaigns },
  { path: '/rest/v1/campaigns/{id}.json', operation: 'campaign', answer: oneCampaign },
];

const select = `SELECT s.id AS cursor, s.*, p.name AS program_name
  FROM mk_campaign s LEFT JOIN mk_program p ON p.id = s.program_id`;
const names = { id: 's.id', name: 's.name', programName: 'p.name', workspaceName: "'Default'" };

/** @throws Refusal when the instance has no such campaign. */
export function knownCampaign(reader: Reader, id: string): Record<string, unknown> {
  const [campaign] = reader.all(`${select} WHERE s.id = ?`, readInteger(id));
  if (!campaign) throw new Refusal('1013', 'Campaign not found');
  return campaign;
}

/** Unlike its neighbours this call never says `moreResult`: a next token is all the sign there is. */
function campaigns({ reader, control }: Desk, parameters: Parameters): Answer {
  const filters = readFilters(parameters, names);
  const triggerable = parameters.text('isTriggerable');
  const requestable = "s.type = 'trigger' AND s.is_active AND s.is_requestable";
  const only = triggerable === undefined ? '' : `AND ${triggerable === 'true' ? '' : 'NOT'} (${requestable})`;
  const size = pageSize(parameters);
  const found = reader.all(
    `${select} WHERE s.id > ? ${filters.where} ${only} ORDER BY s.id LIMIT ?`,
    readCursor(parameters.text('nextPageToken')),
    ...filters.values,
    size + 1,
  );
  const { rows, next } = page(found as Row[], size);
  const result = control.scramble(rows).map(toCampaign);
  return next ? { result, nextPageToken: next } : { result };
}

function oneCampaign({ reader }: Desk, _: Parameters, id: string): Answer {
  return { result: [toCampaign(knownCampaign(reader, id))] };
}

function toCampaign(row: Record<string, unknown>): object {
  return withoutNulls({
    id: row.id,
    name: row.name,
    description: row.description || null,
    type: row.type,
    programId: row.program_id,
    programName: row.program_name,
    workspaceName: 'Default',
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    active: row.is_active === 1,
  });
}
