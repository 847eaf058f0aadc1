import { byteCases } from './bytes.ts';
import type { BadAnswerCase } from './twin.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The answer with every value of a kind replaced; the outer object stays. */
const replaced = (body: string, by: (value: Json) => Json | undefined) =>
  JSON.stringify(JSON.parse(body), (name, value: Json) => {
    const other = name === '' ? undefined : by(value);
    return other === undefined ? value : other;
  });
/** With every number as text that no number can be written as. */
const numbers = (body: string, text: string) =>
  replaced(body, (value) => (typeof value === 'number' ? '#number#' : undefined)).replaceAll('"#number#"', text);
/** With more members at the end, which are read last. */
const more = (body: string, members: string) => body.trimEnd().replace(/\}$/, `,${members}}`);

const isObject = (value: Json) => typeof value === 'object' && value !== null && !Array.isArray(value);
const again = ['items', 'records', 'result', 'compositeResponse', 'totalResults', 'success']
  .map((name) => `"${name}":"EVIL"`)
  .join();

/** What a vendor that speaks JSON may send by mistake, by accident or by malice. */
export const jsonCases: BadAnswerCase[] = [
  ...byteCases('application/json', 'application/xml'),
  ...['null', 'true', '42', '"EVIL"', '[]', '{}', '[["EVIL"]]', '{"EVIL":{}}'].map((body) => ({
    name: `only ${body}`,
    make: () => ({ body }),
  })),
  { name: 'lists 60,000 deep', make: () => ({ body: '['.repeat(60_000) + ']'.repeat(60_000) }) },
  { name: 'objects 60,000 deep', make: () => ({ body: `${'{"EVIL":'.repeat(60_000)}1${'}'.repeat(60_000)}` }) },
  { name: 'not a number', make: (body) => ({ body: more(body, '"EVIL":NaN') }) },
  { name: 'numbers beyond all', make: (body) => ({ body: more(numbers(body, '1e400'), again) }) },
  { name: 'members twice, the last ones wrong', make: (body) => ({ body: more(body, again) }) },
  {
    name: 'a prototype',
    harmless: true,
    make: (body) => ({
      body: more(body, '"__proto__":{"polluted":"EVIL"},"constructor":{"prototype":{"polluted":1}}'),
    }),
  },
  {
    name: 'prototypes everywhere',
    harmless: true,
    make: (body) => ({ body: body.replaceAll('{"', '{"__proto__":{"polluted":"EVIL"},"') }),
  },
  {
    name: 'null for every list',
    make: (body) => ({ body: replaced(body, (value) => (Array.isArray(value) ? null : undefined)) }),
  },
  {
    name: 'an object for every list',
    make: (body) => ({ body: replaced(body, (value) => (Array.isArray(value) ? { EVIL: 1 } : undefined)) }),
  },
  {
    name: 'text for every list',
    make: (body) => ({ body: replaced(body, (value) => (Array.isArray(value) ? 'EVIL' : undefined)) }),
  },
  {
    name: 'a list for every object',
    make: (body) => ({ body: replaced(body, (value) => (isObject(value) ? ['EVIL'] : undefined)) }),
  },
  {
    name: 'an object for every text',
    make: (body) => ({ body: replaced(body, (value) => (typeof value === 'string' ? { EVIL: 1 } : undefined)) }),
  },
  { name: 'a failure with words of its own', make: () => ({ status: 400, body: '{"error":"EVIL","message":"EVIL"}' }) },
  {
    name: 'a failure as a page',
    make: () => ({ status: 500, body: '<html>EVIL</html>', headers: { 'content-type': 'text/html' } }),
  },
];
