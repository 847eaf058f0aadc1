import type { Query } from '@jetstreamapp/soql-parser-js';
import { parseQuery } from '@jetstreamapp/soql-parser-js';
import { malformedQuery } from '../errors.ts';

const maxLength = 100_000;

export function parseSoql(soql: string): Query {
  if (soql.length > maxLength) throw malformedQuery(`SOQL statements cannot be longer than ${maxLength} characters.`);
  try {
    return parseQuery(soql);
  } catch (error) {
    const found = error instanceof Error ? /found:?(?: -->)? '([^']*)'/.exec(error.message)?.[1] : undefined;
    throw malformedQuery(`unexpected token: '${found || '<EOF>'}'`);
  }
}
