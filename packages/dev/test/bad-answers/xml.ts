import { byteCases } from './bytes.ts';
import type { BadAnswerCase } from './twin.ts';

/** The answer after a document type, with the first text of an element replaced by an entity. */
const withEntity = (body: string, type: string, entity: string) =>
  body
    .replace(/^(<\?xml[^>]*\?>)?/, `$1<!DOCTYPE EVIL [${type}]>`)
    .replace(/(<[\w:]*(?:companyName|entityId|tranId)[^>]*>)[^<]*/, `$1&${entity};`);
const laughs = Array.from(
  { length: 9 },
  (_, level) => `<!ENTITY lol${level + 1} "${`&lol${level};`.repeat(10)}">`,
).join('');
const inBody = (content: string) =>
  `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;
const fault = (detail: string) =>
  inBody(`<soapenv:Fault><faultcode>EVIL</faultcode><faultstring>EVIL</faultstring>${detail}</soapenv:Fault>`);

/** What a vendor that speaks SOAP may send by mistake, by accident or by malice. */
export const xmlCases: BadAnswerCase[] = [
  ...byteCases('text/xml', 'application/json'),
  { name: 'a billion laughs', make: (body) => ({ body: withEntity(body, `<!ENTITY lol0 "EVIL">${laughs}`, 'lol9') }) },
  {
    name: 'a quadratic blow-up',
    make: (body) => ({
      body: withEntity(body, `<!ENTITY a "${'EVIL'.repeat(20_000)}">`, 'a').replaceAll('&a;', '&a;'.repeat(20_000)),
    }),
  },
  {
    name: 'an external file',
    make: (body) => ({ body: withEntity(body, '<!ENTITY x SYSTEM "file:///etc/passwd">', 'x') }),
  },
  {
    name: 'an external address',
    make: (body, trap) => ({ body: withEntity(body, `<!ENTITY x SYSTEM "${trap}">`, 'x') }),
  },
  {
    name: 'a parameter entity',
    make: (body, trap) => ({ body: withEntity(body, `<!ENTITY % p SYSTEM "${trap}"> %p;`, 'x') }),
  },
  {
    name: 'an external document type',
    harmless: true,
    make: (body, trap) => ({ body: body.replace(/^(<\?xml[^>]*\?>)?/, `$1<!DOCTYPE EVIL SYSTEM "${trap}">`) }),
  },
  {
    name: 'a style sheet elsewhere',
    harmless: true,
    make: (body, trap) => ({ body: body.replace(/^(<\?xml[^>]*\?>)?/, `$1<?xml-stylesheet href="${trap}"?>`) }),
  },
  {
    name: 'an inclusion',
    make: (_, trap) => ({ body: inBody(`<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${trap}"/>`) }),
  },
  { name: '60,000 deep', make: () => ({ body: inBody('<EVIL>'.repeat(60_000) + '</EVIL>'.repeat(60_000)) }) },
  // The SOAP library reads a whole answer at once, at some microseconds a tag.
  { name: '60,000 deep, never closed', stallMs: 3000, make: () => ({ body: '<EVIL>'.repeat(60_000) }) },
  { name: 'another root', make: () => ({ body: '<EVIL/>' }) },
  {
    name: 'an envelope without a body',
    make: () => ({ body: '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"/>' }),
  },
  { name: 'an empty body', make: () => ({ body: inBody('') }) },
  { name: 'another answer', make: () => ({ body: inBody('<getResponse><EVIL>EVIL</EVIL></getResponse>') }) },
  { name: 'a fault without a detail', make: () => ({ status: 500, body: fault('') }) },
  {
    name: 'a fault with a prototype',
    make: () => ({ status: 500, body: fault('<detail><__proto__>EVIL</__proto__></detail>') }),
  },
  { name: 'a fault with 200', make: () => ({ body: fault('<detail><EVIL/></detail>') }) },
  { name: 'tags that do not match', make: (body) => ({ body: body.replace(/<\/[\w:]*searchResult>/, '</EVIL>') }) },
  { name: 'no status', make: (body) => ({ body: body.replaceAll(/isSuccess="true"/g, '') }) },
  { name: 'text for numbers', make: (body) => ({ body: body.replaceAll(/>-?\d+(\.\d+)?</g, '>EVIL<') }) },
  { name: 'numbers beyond all', make: (body) => ({ body: body.replaceAll(/>-?\d+(\.\d+)?</g, '>1e400<') }) },
];
