import type { Answer } from '../answers.ts';
import { instantOf, Refusal } from '../answers.ts';
import { page, pageSize, readCursor } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import type { Reader } from '../rows.ts';
import type { ExportFile, ExportKind, Job } from './exports.ts';
import type { Source } from './sources.ts';
import { activitySource, leadSource, memberSource } from './sources.ts';
import { readLayout, writeTable } from './table.ts';

type ReadSource = (reader: Reader, body: Record<string, unknown>) => Source;

export const exportRoutes: readonly Route[] = [
  ...routesOf('leads', leadSource),
  ...routesOf('activities', activitySource),
  ...routesOf('program/members', memberSource),
];

/** The six calls that each kind of export has. */
function routesOf(kind: ExportKind, readSource: ReadSource): Route[] {
  const path = `/bulk/v1/${kind}/export`;
  const find = ({ exports }: Desk, exportId: string): Job => {
    const job = exports.find(kind, exportId);
    if (!job) throw new Refusal('1013', `Export '${exportId}' not found`);
    return job;
  };

  return [
    {
      method: 'POST',
      path: `${path}/create.json`,
      operation: 'bulk:create',
      answer({ reader, exports }, { input }) {
        const layout = readLayout(input);
        const source = readSource(reader, input);
        const job = exports.create(kind, layout.format, () => {
          const rows = source.rows();
          return { text: writeTable(layout, source.columns, rows), records: rows.length };
        });
        return { result: [toResult(job)] };
      },
    },
    {
      method: 'POST',
      path: `${path}/{id}/enqueue.json`,
      operation: 'bulk:enqueue',
      answer(desk, _, id) {
        const job = find(desk, id);
        desk.exports.enqueue(job);
        return { result: [toResult(job)] };
      },
    },
    {
      method: 'POST',
      path: `${path}/{id}/cancel.json`,
      operation: 'bulk:cancel',
      answer(desk, _, id) {
        const job = find(desk, id);
        desk.exports.cancel(job);
        return { result: [toResult(job)] };
      },
    },
    {
      path: `${path}/{id}/status.json`,
      operation: 'bulk:status',
      answer: (desk, _, id) => ({ result: [toResult(find(desk, id))] }),
    },
    {
      path: `${path}/{id}/file.json`,
      operation: 'bulk:file',
      answer: ({ exports }, parameters, id) => sendFile(exports.find(kind, id)?.file, parameters),
    },
    { path: `${path}.json`, operation: 'bulk:list', answer: (desk, parameters) => jobs(desk, kind, parameters) },
  ];
}

function jobs({ exports }: Desk, kind: ExportKind, parameters: Parameters): Answer {
  const wanted = parameters.list('status').map((status) => (status === 'Canceled' ? 'Cancelled' : status));
  const size = pageSize(parameters);
  const before = readCursor(parameters.text('nextPageToken'));
  const found = exports
    .list(kind)
    .filter((job) => wanted.length === 0 || wanted.includes(job.status))
    .map((job, index) => ({ cursor: index + 1, job }))
    .filter(({ cursor }) => cursor > before);
  const { rows, next } = page(found, size);
  const result = rows.map(({ job }) => toResult(job));
  return next ? { result, nextPageToken: next } : { result };
}

function toResult({ exportId, format, status, file, ...times }: Job): object {
  const { createdAt, queuedAt, startedAt, finishedAt } = times;
  return {
    exportId,
    format,
    status,
    createdAt: instantOf(createdAt),
    ...(queuedAt !== undefined && { queuedAt: instantOf(queuedAt) }),
    ...(startedAt !== undefined && { startedAt: instantOf(startedAt) }),
    ...(finishedAt !== undefined && { finishedAt: instantOf(finishedAt) }),
    ...(file && { numberOfRecords: file.records, fileSize: file.bytes.length, fileChecksum: file.checksum }),
  };
}

const plain = { 'content-type': 'text/plain;charset=UTF-8' };

/** The whole file, or the part that a Range header asks for. */
function sendFile(file: ExportFile | undefined, parameters: Parameters): Answer {
  if (!file) return { raw: { status: 404, headers: plain, body: 'Export file is not available' } };
  const { length } = file.bytes;
  const type = { 'content-type': 'text/csv;charset=UTF-8', 'accept-ranges': 'bytes' };
  const asked = parameters.header('range');
  if (asked === undefined) return { raw: { status: 200, headers: type, body: file.bytes } };
  const range = readRange(asked, length);
  if (!range) return { raw: { status: 416, headers: { ...plain, 'content-range': `bytes */${length}` }, body: '' } };
  const [first, last] = range;
  const headers = { ...type, 'content-range': `bytes ${first}-${last}/${length}` };
  return { raw: { status: 206, headers, body: file.bytes.subarray(first, last + 1) } };
}

function readRange(asked: string, length: number): [number, number] | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(asked.trim()) ?? [];
  if (from === '' && to === '') return null;
  if (from === '') return [Math.max(0, length - Number(to)), length - 1];
  const last = to === '' ? length - 1 : Math.min(Number(to), length - 1);
  return Number(from) <= last ? [Number(from), last] : null;
}
