import type { Answer } from '../answers.ts';
import { assets, assetTime, instantOf, Refusal } from '../answers.ts';
import { knownFolder } from '../folders/read.ts';
import { homeFolder } from '../folders/store.ts';
import { readOffset, readUpdated } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import { isRecord, readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';

/** Lists as assets: what they are, not who is in them. */
type Table = 'mk_list' | 'mk_smart_list';

export const listAssetRoutes: readonly Route[] = [
  ...routesOf('mk_list', 'staticList'),
  ...routesOf('mk_smart_list', 'smartList'),
  { method: 'POST', path: '/rest/asset/v1/staticLists.json', operation: 'staticList:create', answer: create },
  {
    method: 'POST',
    path: '/rest/asset/v1/staticList/{id}/delete.json',
    operation: 'staticList:delete',
    answer: remove,
  },
];

function routesOf(table: Table, name: string): Route[] {
  return [
    { path: `/rest/asset/v1/${name}s.json`, operation: `${name}s`, answer: browse(table) },
    {
      path: `/rest/asset/v1/${name}/byName.json`,
      operation: name,
      answer: (desk, parameters) => find(desk, table, 'name', parameters.required('name')),
    },
    {
      path: `/rest/asset/v1/${name}/{id}.json`,
      operation: name,
      answer: (desk, _, id) => find(desk, table, 'id', readInteger(id)),
    },
  ];
}

function browse(table: Table) {
  return ({ reader, control }: Desk, parameters: Parameters): Answer => {
    const { maxReturn, offset } = readOffset(parameters);
    const rows = reader.all(
      `SELECT * FROM ${table} WHERE updated_at >= ? AND updated_at <= ? ORDER BY id LIMIT ? OFFSET ?`,
      ...readUpdated(parameters),
      maxReturn,
      offset,
    );
    return assets(control.scramble(rows).map((row) => toAsset(table, row)));
  };
}

function find({ reader }: Desk, table: Table, column: string, value: string | number): Answer {
  const rows = reader.all(`SELECT * FROM ${table} WHERE ${column} = ?`, value);
  return assets(rows.map((row) => toAsset(table, row)));
}

function create(desk: Desk, parameters: Parameters): Answer {
  const { reader, folders, now } = desk;
  const name = parameters.text('name');
  if (name === undefined) throw new Refusal('701', 'name cannot be blank');
  const folder = parameters.json('folder');
  if (!isRecord(folder)) throw new Refusal('701', 'folder cannot be blank');
  // Lists keep no folder of their own, so none but the one they are shown in will do.
  if (knownFolder(folders, folder).id !== homeFolder.id) throw new Refusal('711', 'Incompatible folder type');
  if (reader.all('SELECT 1 FROM mk_list WHERE name = ?', name).length > 0) {
    throw new Refusal('709', 'List with the same name already exists');
  }
  const id = reader.nextId('mk_list');
  const at = instantOf(now());
  const description = parameters.text('description') ?? '';
  reader.insert('mk_list', { id, name, description, program_id: null, created_at: at, updated_at: at });
  return find(desk, 'mk_list', 'id', id);
}

function remove({ reader }: Desk, _: Parameters, id: string): Answer {
  const listId = readInteger(id);
  if (reader.all('SELECT 1 FROM mk_list WHERE id = ?', listId).length === 0) throw new Refusal('702', 'List not found');
  reader.run('DELETE FROM mk_list_member WHERE list_id = ?', listId);
  reader.run('DELETE FROM mk_list WHERE id = ?', listId);
  return { result: [{ id: listId }] };
}

function toAsset(table: Table, row: Record<string, unknown>): object {
  const kind = table === 'mk_list' ? 'ST' : 'SL';
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    createdAt: assetTime(String(row.created_at)),
    updatedAt: assetTime(String(row.updated_at)),
    url: `https://app-sandbox.marketo.com/#${kind}${row.id}A1`,
    folder: { type: 'Folder', value: homeFolder.id, folderName: homeFolder.name },
    workspace: 'Default',
  };
}
