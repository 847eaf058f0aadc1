import type { Answer } from '../answers.ts';
import { assets, assetTime, Refusal } from '../answers.ts';
import { readOffset } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import { isRecord, readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import type { Folder, Folders } from './store.ts';
import { homeFolder } from './store.ts';

export const folderReadRoutes: readonly Route[] = [
  { path: '/rest/asset/v1/folders.json', operation: 'folders', answer: browse },
  { path: '/rest/asset/v1/folder/byName.json', operation: 'folder', answer: byName },
  { path: '/rest/asset/v1/folder/{id}.json', operation: 'folder', answer: byId },
  { path: '/rest/asset/v1/folder/{id}/content.json', operation: 'folder:content', answer: content },
];

const defaultDepth = 2;

/** The folder that a parameter names, as JSON or by its id. @throws Refusal when there is none */
export function knownFolder(folders: Folders, given: unknown): Folder {
  if (isRecord(given) && given.type !== undefined && given.type !== 'Folder') {
    throw new Refusal('711', 'Incompatible folder type');
  }
  const folder = folders.find(readInteger(String(isRecord(given) ? given.id : given)));
  if (!folder) throw new Refusal('710', 'Parent folder not found');
  return folder;
}

function browse({ folders }: Desk, parameters: Parameters): Answer {
  const { maxReturn, offset } = readOffset(parameters);
  const given = parameters.json('root');
  const under = given === undefined ? folders.all().find(isRoot) : knownFolder(folders, given);
  const depth = parameters.integer('maxDepth', { fallback: defaultDepth, min: 0, max: 100 });
  const found = folders.all().filter((folder) => {
    const steps = pathOf(folders, folder).findIndex(({ id }) => id === under?.id);
    return !isRoot(folder) && steps >= 0 && steps <= depth;
  });
  return assets(found.slice(offset, offset + maxReturn).map((folder) => toAsset(folders, folder)));
}

function byName({ folders }: Desk, parameters: Parameters): Answer {
  const name = parameters.required('name');
  const found = folders.all().filter((folder) => folder.name === name);
  return assets(found.map((folder) => toAsset(folders, folder)));
}

/** A program is a folder as well, to those who ask for it as one. */
function byId({ reader, folders }: Desk, parameters: Parameters, id: string): Answer {
  const wanted = readInteger(id);
  if (parameters.text('type') === 'Program') {
    const rows = reader.all('SELECT * FROM mk_program WHERE id = ?', wanted);
    return assets(rows.map((row) => programAsset(folders, row)));
  }
  const folder = folders.find(wanted);
  return assets(folder ? [toAsset(folders, folder)] : []);
}

function content({ reader, folders }: Desk, parameters: Parameters, id: string): Answer {
  const { maxReturn, offset } = readOffset(parameters);
  const inside =
    parameters.text('type') === 'Program'
      ? reader.all(
          `SELECT id, 'Email' AS type FROM mk_email WHERE program_id = ?
           UNION ALL SELECT id, 'Smart Campaign' FROM mk_campaign WHERE program_id = ?`,
          readInteger(id),
          readInteger(id),
        )
      : contentOf({ reader, folders }, knownFolder(folders, id));
  return assets(inside.slice(offset, offset + maxReturn));
}

/** Folders, programs and, in the folder that the instance came with, everything that has no folder of its own. */
export function contentOf({ reader, folders }: Pick<Desk, 'reader' | 'folders'>, { id }: Folder): object[] {
  const inner = folders.all().filter((folder) => folder.parentId === id);
  const programs = reader.all('SELECT id FROM mk_program WHERE folder_id = ? ORDER BY id', id);
  const home = `SELECT id, 'Static List' AS type FROM mk_list UNION ALL SELECT id, 'Smart List' FROM mk_smart_list
    UNION ALL SELECT id, 'Smart Campaign' FROM mk_campaign WHERE program_id IS NULL`;
  return [
    ...inner.map((folder) => ({ id: folder.id, type: 'Folder' })),
    ...programs.map((program) => ({ id: program.id, type: 'Program' })),
    ...(id === homeFolder.id ? reader.all(home) : []),
  ];
}

const isRoot = (folder: Folder) => folder.parentId === null;

/** A folder and those it lies in, the root last. */
function pathOf(folders: Folders, folder: Folder): Folder[] {
  const parent = folder.parentId === null ? undefined : folders.find(folder.parentId);
  return parent ? [folder, ...pathOf(folders, parent)] : [folder];
}

const writePath = (folders: Folders, folder: Folder) =>
  pathOf(folders, folder)
    .map(({ name }) => `/${name}`)
    .reverse()
    .join('');

export function toAsset(folders: Folders, folder: Folder): object {
  const { id, name, description, parentId, isArchive, createdAt, updatedAt } = folder;
  return {
    id,
    name,
    description,
    createdAt: assetTime(createdAt),
    updatedAt: assetTime(updatedAt),
    url: `https://app-sandbox.marketo.com/#MF${id}A1`,
    folderId: { id, type: 'Folder' },
    folderType: 'Marketing Folder',
    ...(parentId !== null && { parent: { id: parentId, type: 'Folder' } }),
    path: writePath(folders, folder),
    isArchive,
    isSystem: id <= homeFolder.id,
    accessZoneId: 1,
    workspace: 'Default',
  };
}

const programTypes: Record<string, string> = { Event: 'Marketing Event', Email: 'Email Batch Program' };

function programAsset(folders: Folders, row: Record<string, unknown>): object {
  const parent = folders.find(Number(row.folder_id));
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    createdAt: assetTime(String(row.created_at)),
    updatedAt: assetTime(String(row.updated_at)),
    url: `https://app-sandbox.marketo.com/#PG${row.id}A1`,
    folderId: { id: row.id, type: 'Program' },
    folderType: programTypes[String(row.type)] ?? 'Marketing Program',
    parent: { id: row.folder_id, type: 'Folder' },
    path: `${parent ? writePath(folders, parent) : ''}/${row.name}`,
    isArchive: false,
    isSystem: false,
    accessZoneId: 1,
    workspace: 'Default',
  };
}
