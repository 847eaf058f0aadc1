import type { Delivery } from '../src/defer/tell.ts';

export const acceptParts =
  'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9';

export interface PartsAnswer {
  status: number;
  type: string;
  /** The parts as they come; an answer that is whole is one. */
  parts: AsyncGenerator<Delivery, void>;
}

/** Asks as a client that reads answers in parts. */
export async function askInParts(
  gateway: string,
  query: string,
  { accept = acceptParts, signal, variables = {} }: { accept?: string; signal?: AbortSignal; variables?: object } = {},
): Promise<PartsAnswer> {
  const response = await fetch(`${gateway}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query, variables }),
    ...(signal ? { signal } : {}),
  });
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, parts: readParts(response, type) };
}

async function* readParts(response: Response, type: string): AsyncGenerator<Delivery, void> {
  const boundary = /^multipart\/mixed;.*boundary="([^"]+)"/.exec(type)?.[1];
  if (boundary === undefined) {
    yield (await response.json()) as Delivery;
    return;
  }
  let text = '';
  let ended = false;
  for await (const chunk of (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (;;) {
      const end = text.indexOf(`\r\n--${boundary}`);
      if (end < 0) break;
      const [head, body] = text.slice(0, end).split('\r\n\r\n');
      text = text.slice(end + boundary.length + 4);
      if (body === undefined) continue;
      if (!/content-type: application\/json/i.test(head ?? '')) throw new Error(`A part begins with ${head}`);
      yield JSON.parse(body) as Delivery;
    }
    ended = text === '--\r\n';
  }
  if (!ended) throw new Error('The answer was cut off.');
}

export async function allParts({ parts }: PartsAnswer): Promise<Delivery[]> {
  const all: Delivery[] = [];
  for await (const part of parts) all.push(part);
  return all;
}
