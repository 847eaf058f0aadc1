import type { Cache, Cached } from '@customer360/kit/cache/cache';
import type { CacheKind } from '@customer360/kit/cache/key';
import { anyOf } from '@customer360/kit/cache/key';
import { UpstreamError } from '@customer360/kit/errors';
import { chunk, groupRows, pickRows } from '@customer360/kit/loader';
import { toId18 } from '@customer360/kit/salesforce-id';
import type { AttributionFigures } from './attribution-build.ts';
import type { MarketoClient } from './client.ts';
import { TooManyMatchesError } from './faults.ts';
import { readAll, readAssets, readPrograms } from './lists.ts';
import { leadFields, leadsBy, maxAssets, programsById } from './query.ts';
import type { LeadRecord, ProgramRecord } from './records.ts';
import { leadRecord, programRecord } from './records.ts';

/** What is read of Marketo, each kept for a time by what it is about. */
export interface CachedReads {
  /** The people of an account, by its 18-character id. */
  peopleOf: Cached<string, LeadRecord[]>;
  people: Cached<string, LeadRecord | null>;
  programs: Cached<'all', ProgramRecord[]>;
  program: Cached<string, ProgramRecord | null>;
}

/** Few enough that the answer, at one or two people an account, stays on one page. */
const accountsPerCall = 150;
const peoplePerCall = 300;

const source = 'MARKETO';
const peopleOf: CacheKind = { source, entityType: 'peopleOf', fields: leadFields };
const person: CacheKind = { source, entityType: 'person', fields: leadFields };
const programs: CacheKind = { source, entityType: 'programs', fields: [], alsoOf: [anyOf(source, 'program')] };
const program: CacheKind = { source, entityType: 'program', fields: [] };

/** The figures of all campaigns under one model of attribution, as good as new until the next build is due. */
export function createCachedFigures(
  build: () => Promise<AttributionFigures>,
  { model, refreshMs }: { model: string; refreshMs: number },
  cache: Cache,
): Cached<'all', AttributionFigures> {
  const figures: CacheKind = { source, entityType: 'attribution', fields: [model], freshForMs: refreshMs };
  return cache.of({ kindOf: () => figures, idOf: (all: 'all') => all, load: async () => [await build()] });
}

export function createCachedReads({ ask }: Pick<MarketoClient, 'ask'>, cache: Cache): CachedReads {
  /** A filter that matches more than Marketo returns is asked again in halves. */
  async function leads(filterType: 'id' | 'sfdcAccountId', values: readonly string[]): Promise<LeadRecord[]> {
    try {
      return await readAll(ask, leadsBy(filterType, values), leadRecord);
    } catch (error) {
      if (!(error instanceof TooManyMatchesError) || values.length < 2) throw error;
      const halves = chunk(values, Math.ceil(values.length / 2));
      return (await Promise.all(halves.map((half) => leads(filterType, half)))).flat();
    }
  }
  const inChunks = async <Row>(ids: readonly string[], size: number, read: (part: string[]) => Promise<Row[]>) =>
    (await Promise.all(chunk(ids, size).map(read))).flat();

  return {
    peopleOf: cache.of({
      kindOf: () => peopleOf,
      idOf: (accountId: string) => accountId,
      async load(accountIds) {
        const found = await inChunks(accountIds, accountsPerCall, (part) => leads('sfdcAccountId', part));
        // Whoever was found by an account has one.
        if (!found.every(({ sfdcAccountId }) => sfdcAccountId)) {
          throw new UpstreamError(source, 'malformed', 'an answer lacks sfdcAccountId');
        }
        const accountOf = ({ sfdcAccountId }: LeadRecord) => sfdcAccountId && toId18(sfdcAccountId);
        return groupRows(accountIds, found, accountOf, ({ id }) => id);
      },
    }),
    people: cache.of({
      kindOf: () => person,
      idOf: (id: string) => id,
      load: async (ids) =>
        pickRows(ids, await inChunks(ids, peoplePerCall, (part) => leads('id', part)), ({ id }) => id),
    }),
    programs: cache.of({
      kindOf: () => programs,
      idOf: (all: 'all') => all,
      load: async () => [await readPrograms(ask)],
    }),
    program: cache.of({
      kindOf: () => program,
      idOf: (id: string) => id,
      async load(ids) {
        const read = async (part: string[]) => readAssets(programRecord, await ask(programsById(part)));
        return pickRows(ids, await inChunks(ids, maxAssets, read), ({ id }) => id);
      },
    }),
  };
}
