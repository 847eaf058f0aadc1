import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@customer360/kit/logger';
import { createSubgraphs } from '../src/subgraph/subgraphs.ts';

/** What a copy of a subgraph does with one request: it answers, or dies before or within its answer. */
type Fate = 'answers' | 'dies' | 'dies within its answer';

const answer = '{"data":{"name":"Acme"}}';
const fates: Record<Fate, (request: IncomingMessage, response: ServerResponse) => void> = {
  answers: (_, response) => void response.end(answer),
  dies: (request) => void request.socket.destroy(),
  'dies within its answer': (request, response) =>
    void response.writeHead(200, { 'content-length': 100 }).write(answer, () => request.socket.destroy()),
};

/** Asks a subgraph whose copies fare one after the other as said; tells what came of it and how many were asked. */
async function askCopies(kind: 'query' | 'mutation', ...copies: Fate[]) {
  let asked = 0;
  const server = createServer((request, response) => {
    const fate = copies[asked] ?? 'answers';
    asked += 1;
    request.resume().once('end', () => fates[fate](request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const subgraphs = createSubgraphs([{ name: 'crm', url }], 2000, createLogger('test', 'silent'));
  const { send } = subgraphs.services(new AbortController().signal);
  const outcome = await send('crm', '{"query":"{name}"}', kind).then(
    ({ text }) => text,
    (error: { kind?: string }) => error.kind,
  );
  await subgraphs.close();
  server.closeAllConnections();
  server.close();
  return { outcome, asked };
}

test('a query that dies with a copy is answered by another', async () => {
  expect(await askCopies('query', 'dies', 'answers')).toEqual({ outcome: answer, asked: 2 });
});

test('a query is repeated once', async () => {
  expect(await askCopies('query', 'dies', 'dies', 'answers')).toEqual({ outcome: 'unavailable', asked: 2 });
});

test('a mutation, which may have been done, is never repeated', async () => {
  expect(await askCopies('mutation', 'dies', 'answers')).toEqual({ outcome: 'unavailable', asked: 1 });
});

test('an answer that breaks off is not asked for again', async () => {
  expect(await askCopies('query', 'dies within its answer', 'answers')).toEqual({ outcome: 'unavailable', asked: 1 });
});
