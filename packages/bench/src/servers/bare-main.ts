import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/**
 * The limit: a server that reads a request and sends bytes that are ready: `<answers> <port>`, the answers being a file
 * of request bodies and what they are answered.
 */
const [file = '', port] = process.argv.slice(2);
const entries = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
const answers = new Map(entries.map(([body, answer]) => [body, Buffer.from(answer)]));
const unknown = Buffer.from('{"data":{"__typename":"Query"}}');

createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const answer = answers.get(Buffer.concat(chunks).toString()) ?? unknown;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
  });
}).listen(Number(port), '127.0.0.1');
