import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from './conformance/until.ts';

/** Somebody whom webhooks call: keeps what it is sent, and answers as told. */
export async function openReceiver(answer: () => { status?: number; body: string }) {
  const bodies: Record<string, unknown>[] = [];
  const headers: Record<string, unknown>[] = [];
  const calls: { method: string | undefined; url: string | undefined; text: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    headers.push(request.headers);
    const text = Buffer.concat(chunks).toString();
    calls.push({ method: request.method, url: request.url, text });
    if (text.startsWith('{')) bodies.push(JSON.parse(text) as Record<string, unknown>);
    const { status = 200, body } = answer();
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    bodies,
    headers,
    calls,
    until,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
