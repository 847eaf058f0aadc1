import { gzipSync } from 'node:zlib';
import type { BadAnswerCase } from './twin.ts';

const mebibyte = 1024 * 1024;

/** Made once: what makes them must not count for what reads them. */
const bomb = gzipSync(Buffer.alloc(100 * mebibyte, ' '));
export const large = Buffer.alloc(30 * mebibyte, 'x');

const gzip = { 'content-encoding': 'gzip' };
const flip = (text: string) => {
  const bytes = Buffer.from(text);
  for (let at = 40; at < bytes.length; at += 97) bytes[at] = (bytes[at] as number) ^ 0x80;
  return bytes;
};

/** What can be wrong with an answer in any format. */
export function byteCases(type: string, otherType: string): BadAnswerCase[] {
  const html = '<html><body>EVIL: sign in</body></html>';
  return [
    { name: 'nothing', make: () => ({ body: '' }) },
    { name: 'blanks', make: () => ({ body: ' \n ' }) },
    { name: 'no content', make: () => ({ status: 204, body: '' }) },
    { name: 'a page that says what it is', make: () => ({ body: html, headers: { 'content-type': 'text/html' } }) },
    { name: 'a page that says it is data', make: () => ({ body: html, headers: { 'content-type': type } }) },
    { name: 'data that says it is a page', make: (body) => ({ body, headers: { 'content-type': 'text/html' } }) },
    { name: 'data that says it is text', make: (body) => ({ body, headers: { 'content-type': 'text/plain' } }) },
    { name: 'data of another format', make: (body) => ({ body, headers: { 'content-type': otherType } }) },
    { name: 'data that does not say what it is', make: (body) => ({ body, headers: { 'content-type': null } }) },
    { name: 'half of it', make: (body) => ({ body: body.slice(0, body.length / 2) }) },
    { name: 'all but the last letter', make: (body) => ({ body: body.trimEnd().slice(0, -1) }) },
    { name: 'it and something more', make: (body) => ({ body: `${body}EVIL` }) },
    { name: 'it twice', make: (body) => ({ body: body + body }) },
    { name: 'damaged letters', make: (body) => ({ body: flip(body) }) },
    { name: 'UTF-16', make: (body) => ({ body: Buffer.from(body, 'utf16le') }) },
    { name: '30 MB', make: () => ({ body: large }) },
    { name: 'a gzip bomb', make: () => ({ body: bomb, headers: gzip }) },
    { name: 'damaged gzip', make: (body) => ({ body: flip(gzipSync(body).toString('latin1')), headers: gzip }) },
    { name: 'gzip that is none', make: (body) => ({ body, headers: gzip }) },
    {
      name: 'a length that is never reached',
      make: (body) => ({
        body,
        headers: { 'content-length': String(Buffer.byteLength(body) + 10), connection: 'close' },
      }),
    },
    { name: 'a redirect', make: (_, trap) => ({ status: 302, body: '', headers: { location: trap } }) },
    {
      name: 'a redirect that keeps the method',
      make: (_, trap) => ({ status: 307, body: '', headers: { location: trap } }),
    },
  ];
}
