import { UpstreamError } from '@customer360/kit/errors';
import { readAs } from '@customer360/kit/http';
import type { ZodType, z } from 'zod';
import { z as zod } from 'zod';
import type { Question } from './query.ts';
import { maxAssets, programsPage } from './query.ts';
import type { Body, ProgramRecord } from './records.ts';
import { programRecord } from './records.ts';

/** Asks Marketo one question, now or when there is room. */
export type Ask = (question: Question) => Promise<Body>;

/** Beyond this the pages cannot be an answer to our question, whose filter caps what may match. */
const maxPages = 400;

/** Reads a people-database list to its end. */
export async function readAll<Schema extends ZodType>(
  ask: Ask,
  question: Question,
  schema: Schema,
): Promise<z.output<Schema>[]> {
  const rows: z.output<Schema>[] = [];
  let token: string | null | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const parameters = token ? { ...question.parameters, nextPageToken: token } : question.parameters;
    const answer = await ask({ ...question, parameters });
    rows.push(...readAs('MARKETO', zod.object({ result: zod.array(schema) }), answer).result);
    if (answer.moreResult && !answer.nextPageToken) {
      throw new UpstreamError('MARKETO', 'malformed', 'a list has more pages but no nextPageToken');
    }
    if (!answer.nextPageToken || answer.moreResult === false) return rows;
    if (answer.nextPageToken === token) break;
    token = answer.nextPageToken;
  }
  throw new UpstreamError('MARKETO', 'malformed', 'a list of pages does not end');
}

/** The assets of one page. When nothing is found the list is left out, and a warning says so. */
export function readAssets<Schema extends ZodType>(schema: Schema, { result, warnings }: Body): z.output<Schema>[] {
  const isEmpty = result == null && (warnings?.length ?? 0) > 0;
  return isEmpty ? [] : readAs('MARKETO', zod.object({ result: zod.array(schema) }), { result }).result;
}

/** Reads all programs: assets have no token and say nothing of a next page, so a page that is not full is the last. */
export async function readPrograms(ask: Ask): Promise<ProgramRecord[]> {
  const byId = new Map<string, ProgramRecord>();
  for (let page = 0; page < maxPages; page += 1) {
    const rows = readAssets(programRecord, await ask(programsPage(page * maxAssets)));
    for (const row of rows) byId.set(row.id, row);
    if (rows.length < maxAssets) return [...byId.values()];
  }
  throw new UpstreamError('MARKETO', 'malformed', 'a list of pages does not end');
}
