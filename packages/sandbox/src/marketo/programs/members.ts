import type { Answer } from '../answers.ts';
import { Refusal } from '../answers.ts';
import { chooseFields, chooseFilter, filterValues } from '../fields.ts';
import { knownLead } from '../leads/change.ts';
import { page, pageSize, readCursor } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import { readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import { toRecord } from '../rows.ts';
import { describeFields } from '../schema.ts';
import { memberFields } from './member-fields.ts';
import { knownProgram } from './membership.ts';

const standard = ['leadId', 'reachedSuccess', 'programId', 'acquiredBy', 'membershipDate'];
const maxMembers = 100_000;
const weekMs = 7 * 86_400_000;

export const memberRoutes: readonly Route[] = [
  { path: '/rest/v1/programs/{id}/members.json', operation: 'members', answer: members },
  { path: '/rest/v1/programs/members/describe.json', operation: 'members:describe', answer: describe },
  { path: '/rest/v1/leads/{id}/programMembership.json', operation: 'lead:programs', answer: programsOfLead },
];

function members({ reader, control }: Desk, parameters: Parameters, id: string): Answer {
  const { id: programId } = knownProgram(reader, id);
  const { where, values } = readFilter(parameters);
  const asked = parameters.list('fields');
  const fields = chooseFields(memberFields, asked.length > 0 ? [...standard, ...asked] : [], standard);
  const [size] = reader.all('SELECT count(*) AS n FROM mk_member WHERE program_id = ?', programId);
  if (Number(size?.n) > maxMembers) {
    throw new Refusal(
      '1003',
      `Total membership size: ${size?.n} exceeds the limit allowed ${maxMembers} for the filter`,
    );
  }

  const count = pageSize(parameters);
  const found = reader.select({
    from: 'mk_member m',
    cursor: 'm.id',
    fields,
    where: `m.program_id = ? AND ${where} AND m.id > ?`,
    values: [programId, ...values, readCursor(parameters.text('nextPageToken'))],
    limit: count + 1,
  });
  const { rows, next } = page(found, count);
  const result = control.scramble(rows).map((row, seq) => ({ seq, ...toRecord(row, fields) }));
  return next ? { result, nextPageToken: next, moreResult: true } : { result, moreResult: false };
}

function readFilter(parameters: Parameters): { where: string; values: (string | number)[] } {
  const filter = chooseFilter(memberFields, parameters.required('filterType'));
  if (filter.name === 'updatedAt') {
    const [from, to] = [parameters.required('startAt'), parameters.required('endAt')].map((_, index) =>
      parameters.date(index === 0 ? 'startAt' : 'endAt'),
    ) as [string, string];
    if (Date.parse(to) - Date.parse(from) > weekMs) throw new Refusal('1003', 'The range is longer than 7 days');
    return { where: 'm.updated_at >= ? AND m.updated_at <= ?', values: [from, to] };
  }
  const given = filterValues(parameters.list('filterValues'));
  const value = (text: string) => {
    if (filter.name === 'leadId') return readInteger(text);
    if (!filter.boolean) return text;
    if (text !== 'true' && text !== 'false') {
      throw new Refusal('1001', `Invalid value '${text}'. Required of type 'Boolean'`);
    }
    return text === 'true' ? 1 : 0;
  };
  return { where: `${filter.sql} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(given.map(value))] };
}

function describe({ reader }: Desk): Answer {
  const [first] = reader.all('SELECT min(created_at) AS at FROM mk_program');
  const searchable = memberFields.filter((field) => field.searchable && field.name !== 'updatedAt');
  const result = {
    name: 'API Program Membership',
    description: 'Map for API program membership fields',
    createdAt: first?.at,
    updatedAt: first?.at,
    dedupeFields: ['leadId', 'programId'],
    searchableFields: searchable.map((field) => [field.name]),
    fields: describeFields(memberFields),
  };
  return { result: [result] };
}

function programsOfLead({ reader, control }: Desk, parameters: Parameters, id: string): Answer {
  const leadId = readInteger(id);
  knownLead(reader, leadId);
  const filterType = parameters.text('filterType');
  if (filterType !== undefined && filterType !== 'programId') {
    throw new Refusal('1011', `Lookup field '${filterType}' not supported`);
  }
  const programs = filterType ? filterValues(parameters.list('filterValues')).map(readInteger) : null;
  const size = pageSize(parameters);
  const found = reader.all(
    `SELECT m.id AS cursor, m.* FROM mk_member m WHERE m.lead_id = ? AND m.id > ?
       AND (? IS NULL OR m.program_id IN (SELECT value FROM json_each(?)))
       AND m.updated_at >= ? AND m.updated_at <= ? ORDER BY m.id LIMIT ?`,
    leadId,
    readCursor(parameters.text('nextPageToken')),
    programs ? 1 : null,
    JSON.stringify(programs ?? []),
    parameters.date('earliestUpdatedAt') ?? '',
    parameters.date('latestUpdatedAt') ?? '9999',
    size + 1,
  );
  const { rows, next } = page(found as ({ cursor: number } & Record<string, unknown>)[], size);
  const result = control.scramble(rows).map((row) => ({
    id: row.program_id,
    progressionStatus: row.status,
    progressionStatusType: row.status,
    isExhausted: false,
    acquiredBy: row.acquired_by === 1,
    reachedSuccess: row.reached_success === 1,
    membershipDate: row.joined_at,
    updatedAt: row.updated_at,
  }));
  return next ? { result, nextPageToken: next, moreResult: true } : { result, moreResult: false };
}
