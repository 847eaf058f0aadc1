import type { GraphQLFormattedError } from 'graphql';
import type { Heard, SourceTold } from './heard.ts';

/** `extensions.sources` of an answer: every system that it is made from, and every one that could not be read. */
export function tellSources(heard: Heard, errors: readonly GraphQLFormattedError[] = []): SourceTold[] {
  const told = new Map(heard.sources);
  for (const { message, extensions } of errors) {
    const source = extensions?.source;
    if (typeof source !== 'string' || !String(extensions?.code).startsWith('UPSTREAM_')) continue;
    const known = told.get(source);
    // What was read says how old it is; that something of it is missing says more.
    if (known?.stale && known.warning) continue;
    told.set(source, { ...(known ?? nothing(source)), stale: true, warning: withoutAdvice(message) });
  }
  return [...told.values()];
}

const nothing = (source: string): SourceTold => ({
  source,
  origin: null,
  asOf: null,
  ageSeconds: null,
  stale: true,
  warning: null,
});

/** What happened, without what to do about it. */
const withoutAdvice = (message: string) => message.replace(/ Try again in a moment\.$/, '');
