import type { Channel } from '../../world/programs.ts';
import { channels, tagTypes } from '../../world/programs.ts';
import type { Answer } from '../answers.ts';
import { assets, instantOf, Refusal } from '../answers.ts';
import { knownFolder } from '../folders/read.ts';
import type { Folders } from '../folders/store.ts';
import type { Parameters } from '../parameters.ts';
import { isRecord, readInstant, readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import type { Reader } from '../rows.ts';
import { programById } from './read.ts';

export const programWriteRoutes: readonly Route[] = [
  { method: 'POST', path: '/rest/asset/v1/programs.json', operation: 'program:create', answer: create },
  { method: 'POST', path: '/rest/asset/v1/program/{id}.json', operation: 'program:update', answer: update },
  { method: 'POST', path: '/rest/asset/v1/program/{id}/clone.json', operation: 'program:clone', answer: clone },
  { method: 'POST', path: '/rest/asset/v1/program/{id}/delete.json', operation: 'program:delete', answer: remove },
];

/** Asset writes name a missing field by a code of their own. */
function given(parameters: Parameters, name: string): string {
  const value = parameters.text(name);
  if (value === undefined) throw new Refusal('701', `${name} cannot be blank`);
  return value;
}

function create(desk: Desk, parameters: Parameters): Answer {
  const { reader, folders, now } = desk;
  const name = freeName(reader, given(parameters, 'name'));
  const channel = given(parameters, 'channel');
  const type = given(parameters, 'type');
  if (!Object.hasOwn(channels, channel)) throw new Refusal('709', `Channel '${channel}' does not exist`);
  if (channels[channel as Channel].type.toLowerCase() !== type.toLowerCase()) {
    throw new Refusal('709', `Channel '${channel}' is not for programs of type '${type}'`);
  }
  const folder = readFolder(folders, parameters);
  const id = reader.nextId('mk_program');
  const at = instantOf(now());
  const row = { id, name, description: parameters.text('description') ?? '', channel, sf_campaign_id: null };
  const own = { type: channels[channel as Channel].type, status: '', start_date: null, end_date: null };
  reader.insert('mk_program', { ...row, ...own, ...folder, created_at: at, updated_at: at });
  writeExtras(reader, id, parameters);
  return { result: programById(reader, id) };
}

function update({ reader, now }: Desk, parameters: Parameters, id: string): Answer {
  const programId = known(reader, id);
  const name = parameters.text('name');
  const changes = {
    ...(name !== undefined && { name: freeName(reader, name, programId) }),
    ...(parameters.text('description') !== undefined && { description: parameters.text('description') ?? '' }),
    ...(parameters.text('startDate') !== undefined && { start_date: readDay(parameters.text('startDate')) }),
    ...(parameters.text('endDate') !== undefined && { end_date: readDay(parameters.text('endDate')) }),
  };
  if (parameters.text('costsDestructiveUpdate') === 'true') {
    reader.run('DELETE FROM mk_program_cost WHERE program_id = ?', programId);
  }
  reader.update('mk_program', { ...changes, updated_at: instantOf(now()) }, 'id = ?', programId);
  writeExtras(reader, programId, parameters);
  return { result: programById(reader, programId) };
}

function clone({ reader, folders, now }: Desk, parameters: Parameters, id: string): Answer {
  const name = freeName(reader, given(parameters, 'name'));
  const copy = copyProgram(reader, known(reader, id), name, instantOf(now()));
  const description = parameters.text('description');
  reader.update(
    'mk_program',
    { ...readFolder(folders, parameters), ...(description && { description }) },
    'id = ?',
    copy,
  );
  return { result: programById(reader, copy) };
}

/** Copies a program with its tags and costs, but without its members. */
export function copyProgram(reader: Reader, id: number, name: string, at: string): number {
  const copy = reader.nextId('mk_program');
  const [row] = reader.all('SELECT * FROM mk_program WHERE id = ?', id);
  const fresh = { id: copy, name, sf_campaign_id: null, created_at: at, updated_at: at };
  reader.insert('mk_program', { ...(row as Record<string, string | number | null>), ...fresh });
  for (const [table, columns] of [
    ['mk_program_tag', 'type, value'],
    ['mk_program_cost', 'start_date, cost, note'],
  ]) {
    reader.run(
      `INSERT INTO ${table} (program_id, ${columns}) SELECT ?, ${columns} FROM ${table} WHERE program_id = ?`,
      copy,
      id,
    );
  }
  return copy;
}

function remove({ reader }: Desk, _: Parameters, id: string): Answer {
  const programId = known(reader, id);
  const [used] = reader.all('SELECT count(*) AS n FROM mk_campaign WHERE program_id = ?', programId);
  if (Number(used?.n) > 0) throw new Refusal('709', 'The program is in use');
  for (const table of ['mk_member', 'mk_program_tag', 'mk_program_cost', 'mk_email']) {
    reader.run(`DELETE FROM ${table} WHERE program_id = ?`, programId);
  }
  reader.run('DELETE FROM mk_program WHERE id = ?', programId);
  return assets([{ id: programId }]);
}

function known(reader: Reader, id: string): number {
  const programId = readInteger(id);
  const [row] = reader.all('SELECT 1 FROM mk_program WHERE id = ?', programId);
  if (!row) throw new Refusal('702', 'Program not found');
  return programId;
}

export function freeName(reader: Reader, name: string, own = 0): string {
  const taken = reader.all('SELECT 1 FROM mk_program WHERE name = ? AND id <> ?', name, own);
  if (taken.length > 0) throw new Refusal('709', 'Program with the same name already exists');
  return name;
}

function readFolder(folders: Folders, parameters: Parameters) {
  const given = parameters.json('folder');
  if (!isRecord(given)) throw new Refusal('701', 'folder cannot be blank');
  if (given.type !== 'Folder') throw new Refusal('711', 'Incompatible folder type');
  const { id, name } = knownFolder(folders, given);
  return { folder_id: id, folder_name: name };
}

function readDay(value: unknown): string {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) throw new Refusal('704', 'Invalid date format');
  return readInstant(value).slice(0, 10);
}

function writeExtras(reader: Reader, programId: number, parameters: Parameters) {
  for (const cost of readList(parameters, 'costs')) {
    const amount = Number(cost.cost);
    if (!Number.isInteger(amount))
      throw new Refusal('1001', `Invalid value '${cost.cost}'. Required of type 'Integer'`);
    reader.run(
      'INSERT OR REPLACE INTO mk_program_cost (program_id, start_date, cost, note) VALUES (?, ?, ?, ?)',
      programId,
      readDay(cost.startDate),
      amount,
      String(cost.note ?? ''),
    );
  }
  for (const { tagType, tagValue } of readList(parameters, 'tags')) {
    const values: readonly string[] | undefined = tagTypes[tagType as keyof typeof tagTypes]?.values;
    if (!values?.includes(String(tagValue))) throw new Refusal('709', `Invalid tag '${tagType}'`);
    reader.run(
      'INSERT OR REPLACE INTO mk_program_tag (program_id, type, value) VALUES (?, ?, ?)',
      programId,
      String(tagType),
      String(tagValue),
    );
  }
}

function readList(parameters: Parameters, name: string): Record<string, unknown>[] {
  const value = parameters.json(name) ?? [];
  if (!Array.isArray(value) || !value.every(isRecord)) throw new Refusal('1003', `Invalid value for ${name}`);
  return value;
}
