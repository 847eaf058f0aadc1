import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Drift } from './drift.ts';
import { driftsOf, wrongPlaces } from './drift.ts';
import type { Exchange } from './tape.ts';
import { startPlayer, startRecorder } from './tape.ts';

export interface RecordedReads<Client, Args> {
  system: string;
  /** Where the recordings are kept, one file for each read. */
  folder: string;
  /** Whether to make the recordings anew. */
  isRecording: boolean;
  /** The vendor in front of a small world. */
  startVendor(): Promise<{ url: string; close(): Promise<void> }>;
  clientAt(url: string): Client;
  /** What to ask the small world for. A recording keeps what it was asked for. */
  args: Args;
  readsOf(args: Args): Record<string, (client: Client) => Promise<unknown>>;
  /** Fields whose values are a fixed choice. */
  enumerated: readonly string[];
  /** Text that happens to look like a number. */
  freeText?: readonly string[];
  /** Fields, or `field null`, for which empty is a value of its own or has one that stands in: the reason for each. */
  mayBeEmpty: Record<string, string>;
  /** Values that say of themselves that nothing better is known. */
  neutral?: readonly string[];
  /** Changes of an answer that is not JSON. */
  driftsOfText?(body: string, enumerated: ReadonlySet<string>): Drift[];
  /** The fewest changes that each read must have been put to. */
  fewestDrifts: number;
}

interface Recording<Args> {
  args: Args;
  exchanges: Exchange[];
  result: unknown;
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The field itself, or what it belongs to; of one that held others, any of those, or how many are left. */
function isNamed({ path, field, holdsOthers }: Drift, message: string): boolean {
  const parent = path.split('.').at(-2) ?? '';
  if (message.includes(field) || (parent !== '' && message.includes(parent))) return true;
  return holdsOthers && /has \d+ of \d+|lacks|at (\d|\(root\))/.test(message);
}

/** Reads from tapes what was read from a live vendor, then from tapes that are wrong in one place.  */
export function describeRecordedAnswers<Client, Args>(options: RecordedReads<Client, Args>): void {
  const names = Object.keys(options.readsOf(options.args));
  const fileOf = (read: string) => join(options.folder, `${read}.json`);
  const enumerated = new Set(options.enumerated);

  async function record(read: string): Promise<Recording<Args>> {
    const vendor = await options.startVendor();
    try {
      await using recorder = await startRecorder(vendor.url);
      const result = await options.readsOf(options.args)[read]?.(options.clientAt(recorder.url));
      return { args: options.args, exchanges: recorder.exchanges, result: asJson(result) };
    } finally {
      await vendor.close();
    }
  }

  const kept = async (read: string): Promise<Recording<Args>> => {
    if (options.isRecording) {
      mkdirSync(options.folder, { recursive: true });
      writeFileSync(fileOf(read), `${JSON.stringify(await record(read), null, 1)}\n`);
    }
    return JSON.parse(readFileSync(fileOf(read), 'utf8')) as Recording<Args>;
  };

  async function replay(read: string, { args, exchanges }: Recording<Args>) {
    await using player = await startPlayer(exchanges);
    const result = asJson(await options.readsOf(args)[read]?.(options.clientAt(player.url)));
    return { result, unknown: player.unknown };
  }

  const allDrifts = (exchange: Exchange): Drift[] =>
    typeof exchange.body === 'string'
      ? (options.driftsOfText?.(exchange.body, enumerated) ?? [])
      : driftsOf(exchange.body, enumerated);

  /** Why an answer with one change was read wrongly; null when it was not. */
  function judge(drift: Drift, expected: unknown, outcome: { found: unknown } | { error: unknown }) {
    const { kind, path, field } = drift;
    const place = `${path} ${kind}`;
    if ('error' in outcome) {
      const { fault, message, system } = outcome.error as { fault?: string; message?: string; system?: string };
      if (kind === 'extra field') return `${place}: refused with ${message}`;
      if (fault !== 'malformed' || system !== options.system) return `${place}: ${fault} ${message}`;
      return isNamed(drift, message ?? '') ? null : `${place}: not named by "${message}"`;
    }
    const wrong = wrongPlaces(expected, outcome.found, options.neutral);
    if (kind === 'extra field') return JSON.stringify(outcome.found) === JSON.stringify(expected) ? null : place;
    const isEmpty = kind === 'missing' || kind === 'null';
    const isAllowed = [field, `${field} ${kind}`].some((name) => Object.hasOwn(options.mayBeEmpty, name));
    if (wrong.length === 0 || (isEmpty && isAllowed)) return null;
    if (kind === 'unreadable' && options.freeText?.includes(field)) return null;
    return `${place}: ${wrong.slice(0, 2).join('; ')}`;
  }

  describe('recorded answers', () => {
    test.each(names)('%s: a tape is read as the live vendor was', async (read) => {
      const recording = await kept(read);
      expect(await replay(read, recording)).toEqual({ result: recording.result, unknown: [] });

      const now = await record(read);
      expect(await replay(read, now)).toEqual({ result: now.result, unknown: [] });
      // Another question than the recorded one: the recordings are older than the adapter (`npm run record`).
      const questions = ({ exchanges }: Recording<Args>) =>
        exchanges.map(({ call }) => call.replace(/\?.*/, '')).sort();
      expect(questions(now)).toEqual(questions(recording));
    });

    test.each(names)(
      '%s: an answer that changed in one field is malformed and says where, or gives less, never something else',
      async (read) => {
        const recording = await kept(read);
        await using player = await startPlayer(recording.exchanges);
        const client = options.clientAt(player.url);
        const complaints: string[] = [];
        let changes = 0;
        for (const exchange of recording.exchanges.filter(({ call }) => !call.endsWith('/token'))) {
          for (const drift of allDrifts(exchange)) {
            player.instead(exchange, drift.body);
            const outcome = await Promise.resolve(options.readsOf(recording.args)[read]?.(client)).then(
              (found) => ({ found: asJson(found) }),
              (error: unknown) => ({ error }),
            );
            changes += 1;
            const complaint = judge(drift, recording.result, outcome);
            if (complaint) complaints.push(complaint);
          }
        }
        expect([...new Set(complaints)]).toEqual([]);
        expect(changes).toBeGreaterThanOrEqual(options.fewestDrifts);
      },
      60_000,
    );
  });
}
