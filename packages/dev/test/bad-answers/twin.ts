import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What is sent in place of a vendor's answer. */
export interface BadAnswer {
  body: string | Buffer;
  status?: number;
  /** In place of the vendor's; a null leaves it out. */
  headers?: Record<string, string | null>;
}

export interface BadAnswerCase {
  name: string;
  /** Makes the answer from what the vendor said. @param trap an address that nobody may ever call */
  make(real: string, trap: string): BadAnswer;
  /** The answer is odd and can be understood. */
  harmless?: boolean;
  /** How long the process may stand still meanwhile, where it cannot be helped. */
  stallMs?: number;
}

/** Stands before a vendor and spoils its data answers; logins pass. */
export interface Twin extends AsyncDisposable {
  url: string;
  /** Whatever called where nobody may. */
  trapped: string[];
  trap: string;
  /** With what it was opened: every authorization header, and the bodies of logins. */
  heard: string[];
  /** Data answers that were spoilt. */
  spoilt(): number;
  spoil(bad: BadAnswerCase | null): void;
}

export async function startTwin(target: string, isData: (path: string) => boolean): Promise<Twin> {
  const trapped: string[] = [];
  const heard: string[] = [];
  let bad: BadAnswerCase | null = null;
  let spoilt = 0;
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const trap = `${url}/trap`;

  async function answer(incoming: IncomingMessage, response: ServerResponse) {
    const path = incoming.url ?? '/';
    if (path.startsWith('/trap')) {
      trapped.push(path);
      response.end('EVIL');
      return;
    }
    const asked = await buffer(incoming);
    heard.push(incoming.headers.authorization ?? '', ...(/token/.test(path) ? [asked.toString()] : []));
    const spoiling = isData(path) ? bad : null;
    const real = await forward(target, incoming, asked, spoiling !== null);
    if (!spoiling) {
      response.writeHead(real.status, real.headers).end(real.body);
      return;
    }
    spoilt += 1;
    const { body, status = 200, headers = {} } = spoiling.make(real.body.toString('utf8'), trap);
    const { 'content-length': _, ...rest } = real.headers;
    const all = Object.entries({ ...rest, ...headers }).filter((entry) => entry[1] !== null);
    response.writeHead(status, Object.fromEntries(all) as Record<string, string>).end(body);
  }

  return {
    url,
    trap,
    trapped,
    heard,
    spoilt: () => spoilt,
    spoil(next) {
      bad = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function forward(target: string, incoming: IncomingMessage, body: Buffer, plain: boolean) {
  const { 'accept-encoding': encoding, ...headers } = incoming.headers;
  const passed = plain ? headers : { ...headers, ...(encoding ? { 'accept-encoding': encoding } : {}) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(
      `${target}${incoming.url}`,
      { method: incoming.method ?? 'GET', headers: passed },
      resolve,
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
  const { connection: _, 'transfer-encoding': __, ...kept } = response.headers;
  return { status: response.statusCode ?? 502, headers: kept, body: await buffer(response) };
}
