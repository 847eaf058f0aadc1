import type { Answer } from '../answers.ts';
import { Refusal, withoutNulls } from '../answers.ts';
import { page, pageSize, readCursor } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import { readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import type { Reader, Value } from '../rows.ts';

export const listRoutes: readonly Route[] = [
  { path: '/rest/v1/lists.json', operation: 'lists', answer: lists },
  { path: '/rest/v1/lists/{id}.json', operation: 'list', answer: oneList },
];

export const listSelect = `SELECT s.id AS cursor, s.*, p.name AS program_name
  FROM mk_list s LEFT JOIN mk_program p ON p.id = s.program_id`;

/** @throws Refusal when the instance has no such static list. */
export function knownList(reader: Reader, id: string): { id: number; name: string } {
  const [list] = reader.all('SELECT id, name FROM mk_list WHERE id = ?', readInteger(id));
  if (!list) throw new Refusal('1013', 'List not found');
  return { id: Number(list.id), name: String(list.name) };
}

const names = { id: 's.id', name: 's.name', programName: 'p.name', workspaceName: "'Default'" };

function lists({ reader, control }: Desk, parameters: Parameters): Answer {
  const filters = readFilters(parameters, names);
  const size = pageSize(parameters);
  const found = reader.all(
    `${listSelect} WHERE s.id > ? ${filters.where} ORDER BY s.id LIMIT ?`,
    readCursor(parameters.text('nextPageToken')),
    ...filters.values,
    size + 1,
  );
  const { rows, next } = page(found as ({ cursor: number } & Record<string, unknown>)[], size);
  const result = control.scramble(rows).map(toList);
  return next ? { result, nextPageToken: next } : { result };
}

function oneList({ reader }: Desk, _: Parameters, id: string): Answer {
  const { id: listId } = knownList(reader, id);
  return { result: reader.all(`${listSelect} WHERE s.id = ?`, listId).map(toList) };
}

/** Filters that narrow a search when they are given, each with one or more values. */
export function readFilters(
  parameters: Parameters,
  columns: Record<string, string>,
): { where: string; values: Value[] } {
  const given = Object.entries(columns)
    .map(([name, column]) => ({ column, name, values: parameters.list(name) }))
    .filter(({ values }) => values.length > 0);
  return {
    where: given.map(({ column }) => `AND ${column} IN (SELECT value FROM json_each(?))`).join(' '),
    values: given.map(({ name, values }) => JSON.stringify(name === 'id' ? values.map(readInteger) : values)),
  };
}

function toList(row: Record<string, unknown>): object {
  return withoutNulls({
    id: row.id,
    name: row.name,
    description: row.description || null,
    programName: row.program_name,
    workspaceName: 'Default',
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  });
}
