import { createServer } from 'node:http';
import { ConfigError } from '../src/config.ts';
import { createLogger } from '../src/logger.ts';
import { startServer } from '../src/server.ts';
import { plainSentence } from '../src/service.ts';

test('what a handler throws is logged, and the caller reads a code and no word of it', async () => {
  const logger = createLogger('things', 'silent');
  const written: unknown[] = [];
  logger.error = (entry: unknown) => void written.push(entry);
  const failure = new Error('password=hunter2');
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    logger,
    handlers: [() => Promise.reject(failure)],
  });
  const answer = await fetch(`${server.url}/graphql?q=1`);
  const body = await answer.json();
  await server.close();

  expect(answer.status).toBe(500);
  expect(body).toEqual({
    errors: [
      {
        message: 'Something went wrong on our side. The error has been logged.',
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ],
  });
  expect(written).toEqual([{ err: failure, path: '/graphql' }]);
});

test('a taken port is one plain sentence, whoever listened', async () => {
  const first = await startServer({ host: '127.0.0.1', port: 0, handlers: [] });
  const port = Number(new URL(first.url).port);
  const sentence = `Port ${port} is taken by another program. Stop it or choose other ports.`;
  const ours = startServer({ host: '127.0.0.1', port, handlers: [] });
  const other = new Promise((resolve, reject) => {
    createServer()
      .once('error', reject)
      .listen(port, '127.0.0.1', () => resolve(undefined));
  });

  await expect(ours.catch(plainSentence)).resolves.toBe(sentence);
  await expect(other.catch(plainSentence)).resolves.toBe(sentence);
  await first.close();
});

test.each([
  [new ConfigError('PORT: wrong.'), 'PORT: wrong.'],
  [new Error('no such file'), 'It could not start: no such file.'],
  [undefined, 'It could not start: unknown reason.'],
  ['text', 'It could not start: unknown reason.'],
])('%s is said as "%s"', (error, sentence) => {
  expect(plainSentence(error)).toBe(sentence);
});
