import { connect } from 'node:net';
import type { ReadAnswer } from './answers.ts';
import { createAnswerReader } from './answers.ts';

/** A keep-alive connection that asks one thing after the other. */
export interface Connection {
  /** False once the server has closed it, as servers do with one that is idle. */
  readonly isOpen: boolean;
  ask(request: Buffer): Promise<ReadAnswer>;
  close(): void;
}

export async function openConnection(host: string, port: number): Promise<Connection> {
  const socket = connect({ host, port, noDelay: true });
  const reader = createAnswerReader();
  let waiting: { resolve(answer: ReadAnswer): void; reject(error: Error): void } | undefined;
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));

  const fail = (error: Error) => {
    waiting?.reject(error);
    waiting = undefined;
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The connection was closed.')));
  socket.on('data', (chunk) => {
    try {
      const answer = reader.take(chunk);
      if (answer) waiting?.resolve(answer);
    } catch (error) {
      fail(error as Error);
    }
  });

  return {
    get isOpen() {
      return socket.writable && !socket.readableEnded;
    },
    ask(request) {
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      });
    },
    close: () => socket.destroy(),
  };
}

/** One POST as it goes over the wire. */
export function printRequest(url: URL, body: string): Buffer {
  const head = [
    `POST ${url.pathname} HTTP/1.1`,
    `host: ${url.host}`,
    'content-type: application/json',
    'accept: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
