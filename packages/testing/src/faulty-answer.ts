import type { Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** What is wrong with what a server sends; what it is sent arrives. */
export type AnswerFault =
  /** Everything comes so many milliseconds later. */
  | { kind: 'latency'; ms: number; harm: 'answers' }
  | { kind: 'bandwidth'; bytesPerSecond: number; harm: 'answers' }
  /** Half of what comes arrives, then the connection ends as if that were all. */
  | { kind: 'cut'; harm: 'answers' }
  /** What was asked is done, and the connection ends without a word. */
  | { kind: 'dropAnswer'; harm: 'answers' }
  /** Everything arrives, in pieces of so many bytes. */
  | { kind: 'slice'; bytes: number; harm: 'answers' }
  /** Of every so many bytes the last one has its first bit turned over. */
  | { kind: 'corrupt'; every: number; harm: 'answers' };

type Harm = AnswerFault | { kind: 'swallow' } | null;

export interface FaultyAnswer {
  add(bytes: Buffer): void;
  /** The server has no more to say. */
  end(): void;
  stop(): void;
}

/** How often a slow line carries something, in milliseconds. */
const tickMs = 50;

/** Carries what a server sends to its client, each piece under the fault of the moment in which it came. */
export function createFaultyAnswer(client: Socket, harmOf: () => Harm): FaultyAnswer {
  const stopped = new AbortController();
  const { signal } = stopped;
  let passed = 0;
  let line: Promise<unknown> = Promise.resolve();

  const carry = async (bytes: Buffer, harm: Harm, cameAt: number): Promise<void> => {
    switch (harm?.kind) {
      case 'swallow':
        return;
      case 'latency':
        await sleep(Math.max(0, cameAt + harm.ms - performance.now()), undefined, { signal });
        break;
      case 'cut':
        client.end(bytes.subarray(0, Math.floor(bytes.length / 2)));
        return;
      case 'dropAnswer':
        client.end();
        return;
      case 'bandwidth':
        return inPieces(bytes, Math.max(1, Math.floor((harm.bytesPerSecond * tickMs) / 1000)), () =>
          sleep(tickMs, undefined, { signal }),
        );
      case 'slice':
        return inPieces(bytes, harm.bytes, () => nextTurn(undefined, { signal }));
      case 'corrupt':
        client.write(corrupted(bytes, harm.every));
        return;
      default:
    }
    client.write(bytes);
  };
  const inPieces = async (bytes: Buffer, size: number, pause: () => Promise<unknown>) => {
    for (let at = 0; at < bytes.length; at += size) {
      client.write(bytes.subarray(at, at + size));
      await pause();
    }
  };
  /** A turned first bit is never text: in UTF-8 such a byte is out of place wherever it stands. */
  const corrupted = (bytes: Buffer, every: number) => {
    const wrong = Buffer.from(bytes);
    for (let at = 0; at < wrong.length; at += 1) {
      passed += 1;
      if (passed % every === 0) wrong[at] = (wrong[at] as number) ^ 0x80;
    }
    return wrong;
  };
  const queue = (work: () => Promise<void>) => {
    // A client that went away ends the line; nobody is left to hear of it.
    line = line.then(() => (signal.aborted || client.destroyed ? undefined : work())).catch(() => undefined);
  };

  return {
    add(bytes) {
      const harm = harmOf();
      const cameAt = performance.now();
      queue(() => carry(bytes, harm, cameAt));
    },
    end: () => queue(async () => void client.end()),
    stop: () => stopped.abort(),
  };
}
