import type { Answer } from '../answers.ts';
import { assets, assetTime, Refusal, withoutNulls } from '../answers.ts';
import { homeFolder } from '../folders/store.ts';
import { readOffset, readUpdated } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import { readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import type { Reader } from '../rows.ts';

export const programRoutes: readonly Route[] = [
  { path: '/rest/asset/v1/programs.json', operation: 'programs', answer: browse },
  { path: '/rest/asset/v1/program/byName.json', operation: 'program', answer: byName },
  { path: '/rest/asset/v1/program/{id}.json', operation: 'program', answer: byId },
  { path: '/rest/asset/v1/program/byTag.json', operation: 'programs', answer: byTag },
];

const filters: Record<string, { sql: string; integer: boolean }> = {
  id: { sql: 'p.id', integer: true },
  programId: { sql: 'p.id', integer: true },
  folderId: { sql: 'p.folder_id', integer: true },
  workspace: { sql: "'Default'", integer: false },
};

const select = `SELECT p.*, c.name AS sf_campaign_name
  FROM mk_program p LEFT JOIN sf_campaign c ON c.id = p.sf_campaign_id`;

function browse({ reader, control }: Desk, parameters: Parameters): Answer {
  const { maxReturn, offset } = readOffset(parameters);
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
    ...readUpdated(parameters),
    maxReturn,
    offset,
  );
  return assets(control.scramble(rows).map(toProgram));
}

function byId({ reader }: Desk, _: Parameters, id: string): Answer {
  return assets(programById(reader, readInteger(id)));
}

/** A program with its tags and costs, as a call for one program answers. */
function wholeProgram(reader: Reader, row: Record<string, unknown>) {
  return { ...toProgram(row), tags: tagsOf(reader, Number(row.id)), costs: costsOf(reader, Number(row.id)) };
}

export function programById(reader: Reader, id: number): object[] {
  return reader.all(`${select} WHERE p.id = ?`, id).map((row) => wholeProgram(reader, row));
}

function byTag({ reader, control }: Desk, parameters: Parameters): Answer {
  const { maxReturn, offset } = readOffset(parameters);
  const rows = reader.all(
    `${select} JOIN mk_program_tag t ON t.program_id = p.id AND t.type = ? AND t.value = ?
     ORDER BY p.id LIMIT ? OFFSET ?`,
    parameters.required('tagType'),
    parameters.required('tagValue'),
    maxReturn,
    offset,
  );
  return assets(control.scramble(rows).map((row) => wholeProgram(reader, row)));
}

function byName({ reader }: Desk, parameters: Parameters): Answer {
  const rows = reader.all(`${select} WHERE p.name = ?`, parameters.required('name'));
  const wanted = (name: string) => parameters.text(name) === 'true';
  const result = rows.map((row) => ({
    ...toProgram(row),
    ...(wanted('includeTags') && { tags: tagsOf(reader, Number(row.id)) }),
    ...(wanted('includeCosts') && { costs: costsOf(reader, Number(row.id)) }),
  }));
  return assets(result);
}

function tagsOf(reader: Reader, programId: number) {
  const tags = reader.all('SELECT type, value FROM mk_program_tag WHERE program_id = ? ORDER BY type', programId);
  return tags.map(({ type, value }) => ({ tagType: type, tagValue: value }));
}

function costsOf(reader: Reader, programId: number) {
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
    folder: {
      type: 'Folder',
      value: row.folder_id,
      folderName: row.folder_id === homeFolder.id ? homeFolder.name : row.folder_name,
    },
    status: row.status,
    workspace: 'Default',
    sfdcId: row.sf_campaign_id,
    sfdcName: row.sf_campaign_name,
    headStart: false,
  });
}
