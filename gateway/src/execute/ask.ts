import { readProvenance } from '../provenance/heard.ts';
import { readAnswer, SubgraphFailure } from '../subgraph/answer.ts';
import type { PreparedFetch } from './prepared-fetch.ts';
import type { ReadAnswer, ReadFetch } from './read-answer.ts';
import { answerFailure, readSubgraphAnswer } from './read-answer.ts';
import type { Run } from './run.ts';

/** The caller's variables that a fetch uses, as the inside of a JSON object. */
export function printVariables(usages: Iterable<string>, { variables }: Run): string[] {
  const printed: string[] = [];
  for (const name of usages) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value !== undefined) printed.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
  }
  return printed;
}

/** Asks for entities; the variables are printed, their representations among them. */
export function askFor(fetch: PreparedFetch, entities: number, variables: string[], run: Run): Promise<ReadAnswer> {
  return ask({ ...fetch, variables: run.variables, entities }, `${fetch.head}${variables.join()}}}`, run);
}

export async function ask(read: ReadFetch & PreparedFetch, body: string, run: Run) {
  try {
    const { status, text, cacheControl } = await run.send(read.service, body, read.kind);
    const answer = readAnswer(status, text);
    run.heard.note(readProvenance(answer.extensions, cacheControl));
    return readSubgraphAnswer(read, answer, run);
  } catch (error) {
    run.heard.note(null);
    run.log(read.service, error);
    return answerFailure(read, error instanceof SubgraphFailure ? error.kind : 'malformed');
  }
}
