import type { Answer } from '../answers.ts';
import { Refusal } from '../answers.ts';
import { chooseFields, chooseFilter, filterValues } from '../fields.ts';
import { page, pageSize, readCursor } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import { readInteger } from '../parameters.ts';
import { knownProgram } from '../programs/membership.ts';
import type { Desk, Route } from '../routes.ts';
import { toRecord } from '../rows.ts';
import type { LeadField } from './fields.ts';
import { leadFields } from './fields.ts';

const standard = ['id', 'email', 'firstName', 'lastName', 'createdAt', 'updatedAt'];
const maxMatches = 1000;

export const leadReadRoutes: readonly Route[] = [
  { path: '/rest/v1/leads.json', operation: 'leads', answer: byFilter },
  { path: '/rest/v1/lead/{id}.json', operation: 'lead', answer: oneLead },
  { path: '/rest/v1/leads/programs/{id}.json', operation: 'leads:program', answer: byProgram },
];

/** The lead fields of a call; whatever is asked, the id comes with it. */
export function askedFields(parameters: Parameters): LeadField[] {
  const asked = parameters.list('fields');
  return chooseFields(leadFields, asked.length > 0 ? ['id', ...asked] : [], standard);
}

function byFilter({ reader, control }: Desk, parameters: Parameters): Answer {
  const filter = chooseFilter(leadFields, parameters.required('filterType'));
  const given = filterValues(parameters.list('filterValues'));
  const values: (string | number)[] = filter.dataType === 'integer' ? given.map(readInteger) : given;
  const fields = askedFields(parameters);
  const cursor = readCursor(parameters.text('nextPageToken'));
  const size = pageSize(parameters);
  // Marketo compares addresses and names without regard to case; record ids are exact.
  const loose = filter.dataType === 'email' || filter.name === 'lastCampaignName';
  const where = loose
    ? `lower(${filter.sql}) IN (SELECT lower(value) FROM json_each(?))`
    : `${filter.sql} IN (SELECT value FROM json_each(?))`;
  const list = JSON.stringify(values);

  const [matches] = reader.all(
    `SELECT count(*) AS n FROM (SELECT 1 FROM mk_lead l WHERE ${where} LIMIT ?)`,
    list,
    maxMatches + 1,
  );
  if (Number(matches?.n) > maxMatches) throw new Refusal('1003', 'Too many results match the filter');
  const found = reader.select({
    from: 'mk_lead l',
    cursor: 'l.id',
    fields,
    where: `${where} AND l.id > ?`,
    values: [list, cursor],
    limit: size + 1,
  });
  const { rows, next } = page(found, size);
  const result = control.scramble(rows).map((row) => toRecord(row, fields));
  return next ? { result, nextPageToken: next } : { result };
}

function oneLead({ reader }: Desk, parameters: Parameters, id: string): Answer {
  const fields = askedFields(parameters);
  const rows = reader.select({
    from: 'mk_lead l',
    cursor: 'l.id',
    fields,
    where: 'l.id = ?',
    values: [readInteger(id)],
    limit: 1,
  });
  if (rows.length === 0) throw new Refusal('1004', `Lead '${id}' not found`);
  return { result: rows.map((row) => toRecord(row, fields)) };
}

const membershipFields = [
  { name: 'progressionStatus', sql: 'm.status' },
  { name: 'reachedSuccess', sql: 'm.reached_success', boolean: true as const },
  { name: 'acquiredBy', sql: 'm.acquired_by', boolean: true as const },
  { name: 'membershipDate', sql: 'm.joined_at' },
  { name: 'memberUpdatedAt', sql: 'm.updated_at' },
];

function byProgram({ reader, control }: Desk, parameters: Parameters, id: string): Answer {
  const { id: programId } = knownProgram(reader, id);
  const fields = askedFields(parameters);
  const size = pageSize(parameters);
  const found = reader.select({
    from: 'mk_member m JOIN mk_lead l ON l.id = m.lead_id',
    cursor: 'm.id',
    fields: [...fields, ...membershipFields],
    where: 'm.program_id = ? AND m.id > ?',
    values: [programId, readCursor(parameters.text('nextPageToken'))],
    limit: size + 1,
  });
  const { rows, next } = page(found, size);
  const result = control.scramble(rows).map((row) => {
    const { memberUpdatedAt, ...membership } = toRecord(row, membershipFields);
    return {
      ...toRecord(row, fields),
      membership: {
        id: programId,
        ...membership,
        progressionStatusType: membership.progressionStatus,
        isExhausted: false,
        updatedAt: memberUpdatedAt,
      },
    };
  });
  return next ? { result, nextPageToken: next } : { result };
}
