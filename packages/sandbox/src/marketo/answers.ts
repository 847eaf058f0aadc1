import type { VendorReply } from '../vendor/server.ts';

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
export type Answer = { result?: object[]; nextPageToken?: string; moreResult?: boolean; warnings?: string[] };

let requests = 0xa1f0;

/** Marketo names each call by two hexadecimal numbers, the second growing with time. */
export function requestId(): string {
  requests += 1;
  return `${requests.toString(16)}#${Date.now().toString(16)}`;
}

/** The asset API always sends its errors and warnings, the people database only when there are some. */
export function succeed(answer: Answer, asset: boolean): VendorReply {
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

/** A row as Marketo shows it: what is null is left out. */
export function withoutNulls(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value != null));
}

/** Assets write the zone twice. */
export function assetTime(instant: string): string {
  return `${instant}+0000`;
}
