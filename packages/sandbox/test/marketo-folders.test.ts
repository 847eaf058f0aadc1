import { openMarketo } from './marketo-support.ts';

type Marketo = Awaited<ReturnType<typeof openMarketo>>;

const post = (marketo: Marketo, path: string, fields: Record<string, string>) =>
  marketo.call(`/rest/asset/v1/${path}.json`, { method: 'POST', body: new URLSearchParams(fields) });
const get = (marketo: Marketo, path: string) => marketo.call(`/rest/asset/v1/${path}`);
const home = JSON.stringify({ id: 38, type: 'Folder' });

test('a folder is made, holds a program, and goes only when it is empty', async () => {
  await using marketo = await openMarketo();
  const made = await post(marketo, 'folders', { name: 'Spring', parent: home, description: 'events' });
  const id = Number(made.result?.[0]?.id);
  const folder = JSON.stringify({ id, type: 'Folder' });
  const program = await post(marketo, 'programs', { name: 'In spring', channel: 'Content', type: 'Default', folder });
  const programId = Number(program.result?.[0]?.id);

  expect(made.result).toMatchObject([
    { folderId: { id, type: 'Folder' }, parent: { id: 38 }, path: '/Marketing Activities/Marketing Programs/Spring' },
  ]);
  expect(program.result).toMatchObject([{ folder: { type: 'Folder', value: id, folderName: 'Spring' } }]);
  expect((await get(marketo, `folder/${id}/content.json`)).result).toEqual([{ id: programId, type: 'Program' }]);
  expect((await get(marketo, `programs.json?filterType=folderId&filterValues=${id}`)).result).toMatchObject([
    { id: programId },
  ]);
  expect((await get(marketo, `folder/${programId}.json?type=Program`)).result).toMatchObject([
    { folderId: { id: programId, type: 'Program' }, path: expect.stringMatching(/Spring\/In spring$/) },
  ]);
  expect((await post(marketo, `folder/${id}/delete`, {})).errors).toMatchObject([{ code: '709' }]);
  await post(marketo, `program/${programId}/delete`, {});
  expect((await post(marketo, `folder/${id}/delete`, {})).result).toEqual([{ id }]);
  expect((await get(marketo, `folder/${id}.json`)).warnings).toHaveLength(1);
});

test('folders are browsed by root and depth, found by name, and renamed', async () => {
  await using marketo = await openMarketo();
  const outer = Number((await post(marketo, 'folders', { name: 'Outer', parent: home })).result?.[0]?.id);
  const under = JSON.stringify({ id: outer, type: 'Folder' });
  const inner = Number((await post(marketo, 'folders', { name: 'Inner', parent: under })).result?.[0]?.id);
  const ids = async (query: string) => (await get(marketo, `folders.json?${query}`)).result?.map(({ id }) => id);

  expect(await ids('')).toEqual([38, outer]);
  expect(await ids('maxDepth=3')).toEqual([38, outer, inner]);
  expect(await ids(`root=${encodeURIComponent(under)}`)).toEqual([outer, inner]);
  expect(await ids('maxDepth=3&offset=1&maxReturn=1')).toEqual([outer]);
  await post(marketo, `folder/${inner}`, { name: 'Core', isArchive: 'true' });
  expect((await get(marketo, 'folder/byName.json?name=Core')).result).toMatchObject([{ id: inner, isArchive: true }]);
});

test.each([
  ['folders', { parent: home }, '701'],
  ['folders', { name: 'x' }, '701'],
  ['folders', { name: 'x', parent: '{"id":77,"type":"Folder"}' }, '710'],
  ['folders', { name: 'x', parent: '{"id":1001,"type":"Program"}' }, '711'],
  ['folders', { name: 'Marketing Programs', parent: '{"id":1,"type":"Folder"}' }, '709'],
  ['folder/38', { name: 'x' }, '709'],
  ['folder/77/delete', {}, '702'],
  ['staticLists', { name: 'x', folder: '{"id":77,"type":"Folder"}' }, '710'],
])('%s with %j is refused with %s', async (path, fields, code) => {
  await using marketo = await openMarketo();
  expect((await post(marketo, path, fields as Record<string, string>)).errors?.[0]?.code).toBe(code);
});
