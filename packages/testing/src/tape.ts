import type { IncomingMessage } from 'node:http';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call to a vendor and its answer; the vendor's own address is written `{origin}`. */
export interface Exchange {
  call: string;
  /** What the call carried, without what differs each time: logins, nonces. */
  asked: string;
  status: number;
  type: string;
  /** Parsed when it is JSON. */
  body: unknown;
}

interface Reply {
  status: number;
  type: string;
  body: string;
}

interface Call {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

const origin = '{origin}';

/** A SOAP header has a new nonce each time, and a login a new assertion. */
function asked({ path, body }: Call): string {
  if (path.endsWith('/token')) return '';
  return /<(\w+):Body>(.*)<\/\1:Body>/s.exec(body)?.[2] ?? body;
}

/** Stands before a vendor, hands every call on and writes down what was answered. */
export async function startRecorder(vendorUrl: string) {
  const exchanges: Exchange[] = [];
  const server = await serve(async (call) => {
    const reply = await handOn(vendorUrl, call);
    const text = reply.body.replaceAll(server.url, origin);
    exchanges.push({
      call: `${call.method} ${call.path}`,
      asked: asked(call),
      status: reply.status,
      type: reply.type,
      body: reply.type.includes('json') ? withoutToken(JSON.parse(text)) : text,
    });
    return reply;
  });
  return { ...server, exchanges };
}

/** Answers from a tape. `instead` changes the body of one exchange until it is told otherwise. */
export async function startPlayer(exchanges: readonly Exchange[]) {
  const unknown: string[] = [];
  let changed: { exchange: Exchange; body: unknown } | null = null;
  const server = await serve((call) => {
    const name = `${call.method} ${call.path}`;
    const exchange = exchanges.find((each) => each.call === name && each.asked === asked(call));
    if (!exchange) {
      unknown.push(name);
      return { status: 404, type: 'text/plain', body: 'not on the tape' };
    }
    const body = changed?.exchange === exchange ? changed.body : exchange.body;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { status: exchange.status, type: exchange.type, body: text.replaceAll(origin, server.url) };
  });
  return {
    ...server,
    /** Calls that the tape has no answer to. */
    unknown,
    instead(exchange: Exchange, body: unknown) {
      changed = { exchange, body };
    },
  };
}

async function serve(answer: (call: Call) => Reply | Promise<Reply>) {
  const server = createServer(async (request, response) => {
    const { method = 'GET', url: path = '/', headers } = request;
    const { status, type, body } = await answer({ method, path, headers, body: await readText(request) });
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** With the host that the client called, which signatures and links are made of, and uncompressed. */
function handOn(vendorUrl: string, { method, path, headers, body }: Call): Promise<Reply> {
  const { 'accept-encoding': _, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const call = send(`${vendorUrl}${path}`, { method, headers: kept }, (answer) => {
      const type = answer.headers['content-type'] ?? 'text/plain';
      readText(answer).then((text) => resolve({ status: answer.statusCode ?? 0, type, body: text }), reject);
    });
    call.on('error', reject).end(body);
  });
}

async function readText(stream: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function withoutToken(body: unknown): unknown {
  const isGrant = typeof body === 'object' && body !== null && 'access_token' in body;
  return isGrant ? { ...body, access_token: 'recorded' } : body;
}
