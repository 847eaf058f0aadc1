import type { Answer } from '../answers.ts';
import { Refusal } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
import { readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import { contentOf, knownFolder, toAsset } from './read.ts';
import type { Folder, Folders } from './store.ts';
import { homeFolder } from './store.ts';

export const folderWriteRoutes: readonly Route[] = [
  { method: 'POST', path: '/rest/asset/v1/folders.json', operation: 'folder:create', answer: create },
  { method: 'POST', path: '/rest/asset/v1/folder/{id}.json', operation: 'folder:update', answer: update },
  { method: 'POST', path: '/rest/asset/v1/folder/{id}/delete.json', operation: 'folder:delete', answer: remove },
];

function create({ folders }: Desk, parameters: Parameters): Answer {
  const name = parameters.text('name');
  if (name === undefined) throw new Refusal('701', 'name cannot be blank');
  const given = parameters.json('parent');
  if (given === undefined) throw new Refusal('701', 'parent cannot be blank');
  const parent = knownFolder(folders, given);
  checkName(folders, name, parent.id);
  const description = parameters.text('description') ?? '';
  return { result: [toAsset(folders, folders.create({ name, description, parentId: parent.id }))] };
}

function update({ folders }: Desk, parameters: Parameters, id: string): Answer {
  const folder = known(folders, id);
  const name = parameters.text('name');
  const description = parameters.text('description');
  const archive = parameters.text('isArchive');
  if (name !== undefined && name !== folder.name) checkName(folders, name, folder.parentId);
  folders.update(folder, {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(archive !== undefined && { isArchive: archive === 'true' }),
  });
  return { result: [toAsset(folders, folder)] };
}

function remove(desk: Desk, _: Parameters, id: string): Answer {
  const folder = known(desk.folders, id);
  if (contentOf(desk, folder).length > 0) throw new Refusal('709', 'The folder is not empty');
  desk.folders.remove(folder.id);
  return { result: [{ id: folder.id }] };
}

/** A folder that may be changed: the instance's own stay as they are. */
function known(folders: Folders, id: string): Folder {
  const folder = folders.find(readInteger(id));
  if (!folder) throw new Refusal('702', 'Folder not found');
  if (folder.id <= homeFolder.id) throw new Refusal('709', 'A system folder cannot be changed');
  return folder;
}

function checkName(folders: Folders, name: string, parentId: number | null) {
  const taken = folders.all().some((folder) => folder.name === name && folder.parentId === parentId);
  if (taken) throw new Refusal('709', 'Folder with the same name already exists');
}
