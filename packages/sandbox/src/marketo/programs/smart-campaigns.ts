import type { Answer } from '../answers.ts';
import { assets, assetTime, instantOf, Refusal, withoutNulls } from '../answers.ts';
import { homeFolder } from '../folders/store.ts';
import { readOffset, readUpdated } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import { readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';

export const smartCampaignRoutes: readonly Route[] = [
  { path: '/rest/asset/v1/smartCampaigns.json', operation: 'smartCampaigns', answer: browse },
  { path: '/rest/asset/v1/smartCampaign/byName.json', operation: 'smartCampaign', answer: byName },
  { path: '/rest/asset/v1/smartCampaign/{id}.json', operation: 'smartCampaign', answer: byId },
  {
    method: 'POST',
    path: '/rest/asset/v1/smartCampaign/{id}/activate.json',
    operation: 'smartCampaign:activate',
    answer: switchTo(1),
  },
  {
    method: 'POST',
    path: '/rest/asset/v1/smartCampaign/{id}/deactivate.json',
    operation: 'smartCampaign:activate',
    answer: switchTo(0),
  },
];

const select = `SELECT s.*, p.name AS program_name
  FROM mk_campaign s LEFT JOIN mk_program p ON p.id = s.program_id`;

function browse({ reader, control }: Desk, parameters: Parameters): Answer {
  const { maxReturn, offset } = readOffset(parameters);
  const active = parameters.text('isActive');
  const rows = reader.all(
    `${select} WHERE (? IS NULL OR s.is_active = ?) AND s.updated_at >= ? AND s.updated_at <= ?
     ORDER BY s.id LIMIT ? OFFSET ?`,
    active ?? null,
    active === 'true' ? 1 : 0,
    ...readUpdated(parameters),
    maxReturn,
    offset,
  );
  return assets(control.scramble(rows).map(toSmartCampaign));
}

function byName({ reader }: Desk, parameters: Parameters): Answer {
  return assets(reader.all(`${select} WHERE s.name = ?`, parameters.required('name')).map(toSmartCampaign));
}

function byId({ reader }: Desk, _: Parameters, id: string): Answer {
  return assets(reader.all(`${select} WHERE s.id = ?`, readInteger(id)).map(toSmartCampaign));
}

/** Only trigger campaigns wait for something, so only they are switched on and off. */
function switchTo(active: 0 | 1) {
  return ({ reader, now }: Desk, _: Parameters, id: string): Answer => {
    const [campaign] = reader.all('SELECT * FROM mk_campaign WHERE id = ?', readInteger(id));
    if (!campaign) throw new Refusal('702', 'Smart campaign not found');
    if (campaign.type !== 'trigger') throw new Refusal('709', 'Only trigger campaigns can be activated or deactivated');
    reader.update('mk_campaign', { is_active: active, updated_at: instantOf(now()) }, 'id = ?', Number(id));
    return { result: [{ id: Number(id) }] };
  };
}

function statusOf(row: Record<string, unknown>): string {
  if (row.type === 'trigger') return row.is_active === 1 ? 'Active' : 'Inactive';
  return row.run_at ? 'Single Run' : 'Never Run';
}

function toSmartCampaign(row: Record<string, unknown>): object {
  const inProgram = row.program_id !== null;
  return withoutNulls({
    id: row.id,
    name: row.name,
    description: row.description,
    createdAt: assetTime(String(row.created_at)),
    updatedAt: assetTime(String(row.updated_at)),
    folder: inProgram
      ? { type: 'Program', value: row.program_id, folderName: row.program_name }
      : { type: 'Folder', value: homeFolder.id, folderName: homeFolder.name },
    status: statusOf(row),
    type: row.type,
    isSystem: false,
    isActive: row.is_active === 1,
    isRequestable: row.is_requestable === 1,
    isCommunicationLimitEnabled: false,
    recurrence: { weekdayOnly: false },
    qualificationRuleType: row.type === 'trigger' ? 'any' : 'once',
    workspace: 'Default',
    smartListId: row.id,
    flowId: row.id,
    parentProgramId: row.program_id,
    computedUrl: `https://app-sandbox.marketo.com/#SC${row.id}A1`,
  });
}
