import { channels } from '../world/programs.ts';
import type { Answer } from './answers.ts';
import { assets, assetTime, Refusal, withoutNulls } from './answers.ts';
import type { Parameters } from './parameters.ts';
import { readInteger } from './parameters.ts';
import type { Desk, Route } from './routes.ts';

export const programRoutes: readonly Route[] = [
  { path: '/rest/asset/v1/programs.json', operation: 'programs', asset: true, answer: browse },
  { path: '/rest/asset/v1/program/byName.json', operation: 'program', asset: true, answer: byName },
  { path: '/rest/asset/v1/program/{id}.json', operation: 'program', asset: true, answer: byId },
  { path: '/rest/asset/v1/channels.json', operation: 'channels', asset: true, answer: browseChannels },
];

const filters: Record<string, { sql: string; integer: boolean }> = {
  id: { sql: 'p.id', integer: true },
  programId: { sql: 'p.id', integer: true },
  folderId: { sql: 'p.folder_id', integer: true },
  workspace: { sql: "'Default'", integer: false },
};

const select = `SELECT p.*, c.name AS sf_campaign_name
  FROM mk_program p LEFT JOIN sf_campaign c ON c.id = p.sf_campaign_id`;

function offsetPage(parameters: Parameters): { maxReturn: number; offset: number } {
  return {
    maxReturn: parameters.integer('maxReturn', { fallback: 20, min: 1, max: 200 }),
    offset: parameters.integer('offset', { fallback: 0, min: 0, max: Number.MAX_SAFE_INTEGER }),
  };
}

function browse({ reader, control }: Desk, parameters: Parameters): Answer {
  const { maxReturn, offset } = offsetPage(parameters);
  const filterType = parameters.text('filterType');
  const filter = filterType === undefined ? undefined : filters[filterType];
  if (filterType !== undefined && !filter) throw new Refusal('1003', `Invalid filterType '${filterType}'`);
  const given = parameters.list('filterValues');
  if (filter && given.length === 0) throw new Refusal('1002', "Missing value for required parameter 'filterValues'");
  const values = filter?.integer ? given.map(readInteger) : given;

  const rows = reader.all(
    `${select} WHERE ${filter ? `${filter.sql} IN (SELECT value FROM json_each(?))` : '? IS NOT NULL'}
      AND p.updated_at >= ? AND p.updated_at <= ? ORDER BY p.id LIMIT ? OFFSET ?`,
    JSON.stringify(values),
    parameters.date('earliestUpdatedAt') ?? '',
    parameters.date('latestUpdatedAt') ?? '9999',
    maxReturn,
    offset,
  );
  return assets(control.scramble(rows).map(toProgram));
}

function byId({ reader }: Desk, _: Parameters, id: string): Answer {
  const rows = reader.all(`${select} WHERE p.id = ?`, readInteger(id));
  return assets(rows.map((row) => ({ ...toProgram(row), tags: [], costs: costsOf(reader, Number(row.id)) })));
}

function byName({ reader }: Desk, parameters: Parameters): Answer {
  const rows = reader.all(`${select} WHERE p.name = ?`, parameters.required('name'));
  const wanted = (name: string) => parameters.text(name) === 'true';
  const result = rows.map((row) => ({
    ...toProgram(row),
    ...(wanted('includeTags') && { tags: [] }),
    ...(wanted('includeCosts') && { costs: costsOf(reader, Number(row.id)) }),
  }));
  return assets(result);
}

function costsOf(reader: Desk['reader'], programId: number) {
  const costs = reader.all(
    'SELECT start_date, cost, note FROM mk_program_cost WHERE program_id = ? ORDER BY start_date',
    programId,
  );
  // A period cost is whole units of the instance's currency, in the table as in Marketo.
  return costs.map(({ start_date, cost, note }) => ({ startDate: start_date, cost, note }));
}

function toProgram(row: Record<string, unknown>) {
  const day = (date: unknown) => (date ? `${date}T00:00:00Z+0000` : null);
  return withoutNulls({
    id: row.id,
    name: row.name,
    description: row.description,
    createdAt: assetTime(String(row.created_at)),
    updatedAt: assetTime(String(row.updated_at)),
    startDate: day(row.start_date),
    endDate: day(row.end_date),
    url: `https://app-sandbox.marketo.com/#PG${row.id}A1`,
    type: row.type,
    channel: row.channel,
    folder: { type: 'Folder', value: row.folder_id, folderName: row.folder_name },
    status: row.status,
    workspace: 'Default',
    sfdcId: row.sf_campaign_id,
    sfdcName: row.sf_campaign_name,
    headStart: false,
  });
}

function browseChannels({ reader }: Desk, parameters: Parameters): Answer {
  const { maxReturn, offset } = offsetPage(parameters);
  const [first] = reader.all('SELECT min(created_at) AS at FROM mk_program');
  const at = assetTime(String(first?.at ?? '1970-01-01T00:00:00Z'));
  const all = Object.entries(channels).map(([name, { type, steps, success }], index) => ({
    id: index + 1,
    name,
    applicableProgramType: type.toLowerCase(),
    progressionStatuses: [...steps, success].map((status, step) => ({
      name: status,
      description: '',
      hidden: false,
      type: status,
      step: (step + 1) * 10,
      success: status === success,
    })),
    createdAt: at,
    updatedAt: at,
  }));
  return assets(all.slice(offset, offset + maxReturn));
}
