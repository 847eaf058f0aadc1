import { instantOf } from '../answers.ts';

export interface Folder {
  id: number;
  name: string;
  description: string;
  /** The root has none. */
  parentId: number | null;
  isArchive: boolean;
  createdAt: string;
  updatedAt: string;
}

/** The folders of one instance: those it came with, and those that were made since. */
export interface Folders {
  all(): readonly Folder[];
  find(id: number): Folder | undefined;
  create(folder: Pick<Folder, 'name' | 'description' | 'parentId'>): Folder;
  update(folder: Folder, changes: Partial<Pick<Folder, 'name' | 'description' | 'isArchive'>>): void;
  remove(id: number): void;
}

const root = { id: 1, name: 'Marketing Activities', parentId: null };
/** Where everything lies that the instance came with. */
export const homeFolder = { id: 38, name: 'Marketing Programs', parentId: root.id };
const firstMadeId = 1000;

export function createFolders(now: () => number): Folders {
  const began = '2020-01-01T00:00:00Z';
  const given = { description: '', isArchive: false, createdAt: began, updatedAt: began };
  let folders: Folder[] = [root, homeFolder].map((folder) => ({ ...folder, ...given }));
  let lastId = firstMadeId;

  return {
    all: () => folders,
    find: (id) => folders.find((folder) => folder.id === id),
    create(folder) {
      lastId += 3;
      const at = instantOf(now());
      const made = { ...folder, id: lastId, isArchive: false, createdAt: at, updatedAt: at };
      folders.push(made);
      return made;
    },
    update: (folder, changes) => void Object.assign(folder, changes, { updatedAt: instantOf(now()) }),
    remove(id) {
      folders = folders.filter((folder) => folder.id !== id);
    },
  };
}
