import type { Answer } from './answers.ts';
import { Refusal } from './answers.ts';
import { chooseFields, chooseFilter, filterValues, memberFields } from './fields.ts';
import { knownProgram, pageSize } from './leads.ts';
import { page, readCursor } from './paging.ts';
import type { Parameters } from './parameters.ts';
import { readInteger } from './parameters.ts';
import type { Desk, Route } from './routes.ts';
import { toRecord } from './rows.ts';

const standard = ['leadId', 'reachedSuccess', 'programId', 'acquiredBy', 'membershipDate'];
const maxMembers = 100_000;
const weekMs = 7 * 86_400_000;

export const memberRoutes: readonly Route[] = [
  { path: '/rest/v1/programs/{id}/members.json', operation: 'members', answer: members },
];

function members({ reader, control }: Desk, parameters: Parameters, id: string): Answer {
  const programId = knownProgram(reader, id);
  const { where, values } = readFilter(parameters);
  const asked = parameters.list('fields');
  const fields = chooseFields(memberFields, asked.length > 0 ? [...standard, ...asked] : [], standard);
  const [size] = reader.all('SELECT count(*) AS n FROM mk_member WHERE program_id = ?', programId);
  if (Number(size?.n) > maxMembers) throw new Refusal('1003', 'Too many members in the program');

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
