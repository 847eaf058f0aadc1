import type { Control } from '../vendor/control.ts';
import type { VendorReply } from '../vendor/reply.ts';
import type { Reader } from './rows.ts';

/** What Marketo tells a caller in place of a result; HTTP stays 200. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** A successful body without its request id, which the server adds. */
export interface Answer {
  result?: object[];
  nextPageToken?: string;
  moreResult?: boolean;
  warnings?: string[];
  /** Stands in for the whole answer where Marketo does not speak JSON: files. */
  raw?: VendorReply;
}

let requests = 0xa1f0;

/** Marketo names each call by two hexadecimal numbers, the second growing with time. */
export function requestId(): string {
  requests += 1;
  return `${requests.toString(16)}#${Date.now().toString(16)}`;
}

/** The asset API always sends its errors and warnings, the people database only when there are some. */
export function succeed(answer: Answer, asset: boolean): VendorReply {
  if (answer.raw) return answer.raw;
  const body = asset
    ? { success: true, errors: [], requestId: requestId(), warnings: [], ...answer }
    : { requestId: requestId(), ...answer, success: true };
  return { status: 200, body };
}

export function refuse(code: string, message: string, asset = false): VendorReply {
  const errors = [{ code, message }];
  return {
    status: 200,
    body: { requestId: requestId(), ...(asset && { warnings: [] }), success: false, errors },
  };
}

/** The asset API reports an empty search by a warning and no `result` at all. */
export function assets(result: object[]): Answer {
  return result.length > 0 ? { result } : { warnings: ['No assets found for the given search criteria.'] };
}

type SettleDesk = { control: Pick<Control, 'failsPartly'>; reader: Pick<Reader, 'atomically'> };

/** One record of a batch: what `write` made of it, or why it was skipped. The batch as a whole succeeds. */
export function settle({ control, reader }: SettleDesk, about: object, write: () => object): object {
  try {
    if (control.failsPartly()) throw failure(about);
    return { ...about, ...reader.atomically(write) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...about, status: 'skipped', reasons: [{ code: error.code, message: error.message }] };
  }
}

/** Why a record fails by itself when it should not: its person is not to be found, or nobody knows. */
function failure(about: object): Refusal {
  const named = 'id' in about || 'leadId' in about;
  return named ? new Refusal('1004', 'Lead not found') : new Refusal('1003', 'Invalid data');
}

/** A row as Marketo shows it: what is null is left out. */
export function withoutNulls(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value != null));
}

/** An instant as the people database writes it, in whole seconds. */
export function instantOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Assets write the zone twice. */
export function assetTime(instant: string): string {
  return `${instant}+0000`;
}
