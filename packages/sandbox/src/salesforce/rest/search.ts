import type { VendorReply } from '../../vendor/reply.ts';
import { SalesforceError } from '../errors.ts';
import type { SObject } from '../schema/objects.ts';
import { findObject } from '../schema/objects.ts';
import type { Json, RunSoql } from '../soql/run.ts';
import { ok } from './request.ts';

const malformed = (message: string) => new SalesforceError(400, 'MALFORMED_SEARCH', message);

const searched = [
  'name',
  'firstname',
  'lastname',
  'email',
  'phone',
  'subject',
  'casenumber',
  'accountnumber',
  'website',
];
const searchedByDefault = ['Account', 'Contact', 'Opportunity', 'Case', 'Campaign', 'Lead'];
const maxFound = 200;

/** Answers `FIND {text} IN ALL FIELDS RETURNING Account(Id, Name WHERE … LIMIT n), Contact`. */
export function answerSearch(run: RunSoql, sosl: string, basePath: string): VendorReply {
  const [, text = '', , returning] =
    /^\s*FIND\s*\{([^}]*)\}(?:\s+IN\s+(ALL|NAME|EMAIL|PHONE|SIDEBAR)\s+FIELDS)?(?:\s+RETURNING\s+([\s\S]+?))?\s*$/i.exec(
      sosl,
    ) ?? [];
  const words = text.replace(/\\(.)/g, '$1').trim();
  if (words.replace(/[*?"]/g, '').length < 2) {
    throw malformed('search term must be longer than one character');
  }
  const wanted = returning === undefined ? searchedByDefault : splitList(returning);
  return ok({ searchRecords: wanted.flatMap((part) => find(run, part, words, basePath)) });
}

function find(run: RunSoql, part: string, words: string, basePath: string): Json[] {
  const [, name = '', inner = ''] = /^\s*(\w+)\s*(?:\(([\s\S]*)\))?\s*$/.exec(part) ?? [];
  const object = findObject(name);
  if (!object) throw new SalesforceError(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
  const [, fields = '', where, rest = ''] =
    /^\s*([\s\S]*?)(?:\s+WHERE\s+([\s\S]+?))?(\s+(?:ORDER\s+BY|LIMIT|OFFSET)\s[\s\S]*)?\s*$/i.exec(inner) ?? [];
  const matching = columns(object).map((field) => `${field} LIKE ${pattern(words)}`);
  if (matching.length === 0) return [];
  const condition = `(${matching.join(' OR ')})${where ? ` AND (${where})` : ''}`;
  const limit = /\sLIMIT\s/i.test(rest) ? rest : `${rest} LIMIT ${maxFound}`;
  return run(`SELECT ${fields || 'Id'} FROM ${object.name} WHERE ${condition}${limit}`, basePath).records;
}

const columns = (object: SObject) =>
  searched.flatMap((name) => {
    const field = object.fields.get(name);
    return field && field.kind === 'string' ? [field.name] : [];
  });

/** `*` stands for any letters, `?` for one. */
function pattern(words: string): string {
  const escaped = words
    .replaceAll('"', '')
    .replace(/[\\'%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');
  return `'%${escaped}%'`;
}

/** Splits at the commas that are outside of brackets. */
function splitList(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}
