/** Reads HTTP/1.1 answers off one connection that carries one at a time. */
export interface AnswerReader {
  /** Takes what arrived; tells once the answer is whole. */
  take(chunk: Buffer): ReadAnswer | undefined;
}

export interface ReadAnswer {
  status: number;
  bytes: number;
  /** Whether the body has GraphQL errors in it. */
  errors: boolean;
}

const headEnd = Buffer.from('\r\n\r\n');
const errorsMark = Buffer.from('"errors"');
const lastChunk = Buffer.from('0\r\n\r\n');

/**
 * A client library costs more time for an answer than the bare server it would measure, so the load generator reads
 * answers itself: a head, then as many bytes as it names, or chunks to the last one.
 *
 * @throws when an answer names no length
 */
export function createAnswerReader(): AnswerReader {
  let head: Buffer | undefined;
  let answer: ReadAnswer | undefined;
  let left = 0;
  let tail: Buffer | undefined;

  function readHead(chunk: Buffer): Buffer | undefined {
    const text = head ? Buffer.concat([head, chunk]) : chunk;
    const end = text.indexOf(headEnd);
    head = end < 0 ? text : undefined;
    if (end < 0) return undefined;
    const lines = text.toString('latin1', 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(lines)?.[1];
    if (length === undefined && !/\r\ntransfer-encoding: *chunked/i.test(lines)) {
      throw new Error('An answer has neither a length nor chunks.');
    }
    answer = { status: Number(lines.slice(9, 12)), bytes: 0, errors: false };
    left = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
    tail = undefined;
    return text.subarray(end + headEnd.length);
  }

  return {
    take(chunk) {
      const body = answer ? chunk : readHead(chunk);
      if (!answer || !body) return undefined;
      answer.bytes += body.length;
      answer.errors ||= body.includes(errorsMark);
      left -= body.length;
      if (left === Number.POSITIVE_INFINITY) {
        tail = tail && body.length < lastChunk.length ? Buffer.concat([tail, body]) : body;
        if (tail.subarray(-lastChunk.length).equals(lastChunk)) left = 0;
      }
      if (left > 0) return undefined;
      const whole = answer;
      answer = undefined;
      return whole;
    },
  };
}
