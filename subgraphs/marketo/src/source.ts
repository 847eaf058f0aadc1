import type { Reading } from '@customer360/kit/cache/cache';
import type { Freshness } from '@customer360/kit/freshness';
import { createCachedLoader } from '@customer360/kit/loader';
import type { ReadLog } from '@customer360/kit/reads';
import type { Attribution } from './attribution.ts';
import type { CachedReads } from './cache.ts';
import { newestFirst, toCampaign } from './campaigns.ts';
import type { Campaign, CampaignFigures, Person } from './model.ts';
import { toPerson } from './people.ts';
import type { LeadRecord } from './records.ts';

/** What this subgraph needs from a marketing system, for the length of one request. */
export interface MarketoSource {
  /** People of an account, by its 18-character id. */
  peopleOf(accountId: string): Promise<Person[]>;
  person(id: string): Promise<Person | null>;
  /** All campaigns, newest first. */
  campaigns(): Promise<Campaign[]>;
  campaign(id: string): Promise<Campaign | null>;
  /** Null when the campaign is newer than the figures. */
  figures(campaignId: string): Promise<CampaignFigures | null>;
  /** When the reading of all figures began. */
  figuresAsOf(): Promise<Date>;
  peopleFreshness(accountId: string): Promise<Freshness | null>;
  campaignFreshness(): Promise<Freshness | null>;
}

/** One per request: what is asked for in the same tick shares calls. */
export function createMarketoSource(
  cached: CachedReads,
  reads: ReadLog,
  attribution: Attribution,
  clock: () => Date,
): MarketoSource {
  const findCampaign = (name: string) => attribution.current()?.campaignByName.get(name) ?? null;
  const toPeople = ({ value }: Reading<LeadRecord[]>) => value.map((record) => toPerson(record, findCampaign));

  const byAccount = createCachedLoader(cached.peopleOf, reads);
  const byId = createCachedLoader(cached.people, reads);
  const programs = createCachedLoader(cached.programs, reads);
  const programById = createCachedLoader(cached.program, reads);
  let snapshot: ReturnType<Attribution['get']> | undefined;

  /** Every field of one answer reads the same snapshot, even if a newer one arrives meanwhile. */
  async function figures() {
    snapshot ??= attribution.get();
    const { read, ...found } = await snapshot;
    reads.take({ ...read, value: found }, [attribution.tag]);
    return found;
  }

  return {
    peopleOf: async (accountId) => toPeople(await byAccount.load(accountId)),
    async person(id) {
      if (!/^\d{1,15}$/.test(id)) return null;
      const { value } = await byId.load(id);
      return value && toPerson(value, findCampaign);
    },
    async campaigns() {
      const { value, ...read } = await programs.load('all');
      for (const record of value) programById.prime(record.id, { ...read, value: record });
      return newestFirst(value.map((record) => toCampaign(record, clock())));
    },
    async campaign(id) {
      if (!/^\d{1,15}$/.test(id)) return null;
      const { value } = await programById.load(id);
      return value && toCampaign(value, clock());
    },
    figures: async (campaignId) => (await figures()).figures.get(campaignId) ?? null,
    figuresAsOf: async () => (await figures()).asOf,
    peopleFreshness: async (accountId) => reads.freshness([await byAccount.load(accountId)]),
    campaignFreshness: async () => reads.freshness([await programs.load('all')]),
  };
}
