import { createHash, randomUUID } from 'node:crypto';
import { Refusal } from '../answers.ts';
import { quotaDay } from '../limits.ts';

export interface ExportOptions {
  /** How long a job stays in a state at least. */
  stepMs: number;
  running: number;
  queued: number;
  bytesPerDay: number;
}

const marketoExports: ExportOptions = { stepMs: 60_000, running: 2, queued: 10, bytesPerDay: 500 * 1024 * 1024 };

export type ExportKind = 'leads' | 'activities' | 'program/members';
export type Status = 'Created' | 'Queued' | 'Processing' | 'Completed' | 'Cancelled' | 'Failed';

export interface ExportFile {
  bytes: Buffer;
  records: number;
  checksum: string;
}

export interface Job {
  exportId: string;
  kind: ExportKind;
  format: string;
  status: Status;
  createdAt: number;
  queuedAt?: number;
  startedAt?: number;
  finishedAt?: number;
  file?: ExportFile;
}

/** What a job writes when its turn comes. */
export type Produce = () => { text: string; records: number };

/** The jobs of all kinds: they share one queue and one allowance a day. */
export interface Exports {
  create(kind: ExportKind, format: string, produce: Produce): Job;
  enqueue(job: Job): void;
  cancel(job: Job): void;
  /** Ends a job of any kind as Marketo does when it cannot write the file. */
  fail(exportId: string): void;
  find(kind: ExportKind, exportId: string): Job | undefined;
  list(kind: ExportKind): Job[];
}

const keptMs = 7 * 86_400_000;

export function createExports(now: () => number, given: Partial<ExportOptions> = {}): Exports {
  const options = { ...marketoExports, ...given };
  const jobs = new Map<string, { job: Job; produce: Produce }>();
  const all = () => [...jobs.values()];
  const having = (status: Status) => all().filter(({ job }) => job.status === status);

  /** What has happened by now; nothing runs between calls. */
  function advance() {
    for (let event = nextEvent(); event && event.at <= now(); event = nextEvent()) event.happen();
  }

  function nextEvent(): { at: number; happen(): void } | undefined {
    const ends = having('Processing').map(({ job, produce }) => {
      const at = (job.startedAt ?? 0) + options.stepMs;
      return { at, happen: () => finish(job, produce, at) };
    });
    const starts = having('Queued').map(({ job }) => {
      const at = Math.max((job.queuedAt ?? 0) + options.stepMs, lastEnd());
      return { at, happen: () => start(job, at) };
    });
    const possible = ends.length < options.running ? [...ends, ...starts] : ends;
    return possible.sort((one, other) => one.at - other.at)[0];
  }

  /** A waiting job can start no earlier than the latest of those it waited for ended, when all places were taken. */
  function lastEnd(): number {
    const ended = all().flatMap(({ job }) => (job.finishedAt !== undefined ? [job.finishedAt] : []));
    return having('Processing').length === options.running - 1 && ended.length > 0 ? Math.max(...ended) : 0;
  }

  function start(job: Job, at: number) {
    job.status = 'Processing';
    job.startedAt = at;
  }

  function finish(job: Job, produce: Produce, at: number) {
    const { text, records } = produce();
    const bytes = Buffer.from(text);
    job.file = { bytes, records, checksum: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
    job.status = 'Completed';
    job.finishedAt = at;
  }

  function checkAllowance() {
    const today = all().filter(
      ({ job }) => job.finishedAt !== undefined && quotaDay(job.finishedAt) === quotaDay(now()),
    );
    const bytes = today.reduce((sum, { job }) => sum + (job.file?.bytes.length ?? 0), 0);
    if (bytes >= options.bytesPerDay) {
      const megabytes = Math.round(options.bytesPerDay / 1024 / 1024);
      throw new Refusal('1029', `Export daily quota ${megabytes}MB exceeded.`);
    }
  }

  return {
    create(kind, format, produce) {
      advance();
      checkAllowance();
      const job: Job = { exportId: randomUUID(), kind, format, status: 'Created', createdAt: now() };
      jobs.set(job.exportId, { job, produce });
      return job;
    },
    enqueue(job) {
      advance();
      checkAllowance();
      if (job.status !== 'Created') throw new Refusal('1003', `Export is ${job.status.toLowerCase()} already`);
      if (having('Queued').length + having('Processing').length >= options.queued) {
        throw new Refusal('1029', `Too many jobs (${options.queued}) in queue`);
      }
      job.status = 'Queued';
      job.queuedAt = now();
    },
    cancel(job) {
      advance();
      if (job.status === 'Completed') throw new Refusal('1003', 'Export is completed already');
      job.status = 'Cancelled';
    },
    fail(exportId) {
      advance();
      const job = jobs.get(exportId)?.job;
      if (!job) throw new Refusal('1013', `Export '${exportId}' not found`);
      if (job.status === 'Completed' || job.status === 'Cancelled') {
        throw new Refusal('1003', `Export is ${job.status.toLowerCase()} already`);
      }
      job.status = 'Failed';
      job.finishedAt = now();
    },
    find(kind, exportId) {
      advance();
      const found = jobs.get(exportId)?.job;
      return found?.kind === kind ? found : undefined;
    },
    list(kind) {
      advance();
      return all()
        .map(({ job }) => job)
        .filter((job) => job.kind === kind && job.createdAt > now() - keptMs);
    },
  };
}
