import { UpstreamError } from '@customer360/kit/errors';
import { chunk, createGroupLoader, createLoader } from '@customer360/kit/loader';
import type { Attribution } from './attribution.ts';
import { newestFirst, toCampaign } from './campaigns.ts';
import type { MarketoClient } from './client.ts';
import { TooManyMatchesError } from './faults.ts';
import { readAll, readAssets, readPrograms } from './lists.ts';
import type { Campaign, CampaignFigures, Loaded, Person } from './model.ts';
import { toPerson } from './people.ts';
import { leadsBy, maxAssets, programsById } from './query.ts';
import type { LeadRecord } from './records.ts';
import { leadRecord, programRecord } from './records.ts';

/** What this subgraph needs from a marketing system, for the length of one request. */
export interface MarketoSource {
  /** People of an account, by its 18-character id. */
  peopleOf(accountId: string): Promise<Loaded<Person[]>>;
  person(id: string): Promise<Person | null>;
  /** All campaigns, newest first. */
  campaigns(): Promise<Loaded<Campaign[]>>;
  campaign(id: string): Promise<Campaign | null>;
  /** Null when the campaign is newer than the figures. */
  figures(campaignId: string): Promise<Loaded<CampaignFigures | null>>;
}

/** Few enough that the answer, at one or two people an account, stays on one page. */
const accountsPerCall = 150;
const peoplePerCall = 300;

/** One per request: what is asked for in the same tick shares calls, and nothing outlives the request. */
export function createMarketoSource(client: MarketoClient, attribution: Attribution, clock: () => Date): MarketoSource {
  const findCampaign = (name: string) => attribution.current()?.campaignByName.get(name) ?? null;
  const ask = client.ask;
  const once = new Map<string, Promise<unknown>>();
  let accountsReadAt = clock();

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

  const people = async (filterType: 'id' | 'sfdcAccountId', values: readonly string[], perCall: number) => {
    const records = await Promise.all(chunk(values, perCall).map((part) => leads(filterType, part)));
    return records.flat().map((record) => toPerson(record, findCampaign));
  };

  const byAccount = createGroupLoader({
    async load(ids) {
      accountsReadAt = clock();
      const found = await people('sfdcAccountId', ids, accountsPerCall);
      // Whoever was found by an account has one.
      if (found.every(({ accountId }) => accountId !== null)) return found;
      throw new UpstreamError('MARKETO', 'malformed', 'an answer lacks sfdcAccountId');
    },
    keyOf: (person) => person.accountId,
    idOf: (person) => person.id,
  });
  const byId = createLoader({
    load: (ids) => people('id', ids, peoplePerCall),
    keyOf: (person) => person.id,
  });
  const campaignById = createLoader({
    async load(ids) {
      const answers = await Promise.all(chunk(ids, maxAssets).map((part) => ask(programsById(part))));
      const records = answers.flatMap((answer) => readAssets(programRecord, answer));
      return records.map((record) => toCampaign(record, clock()));
    },
    keyOf: (campaign) => campaign.id,
  });

  function shared<Value>(key: string, load: () => Promise<Value>): Promise<Value> {
    const running = (once.get(key) as Promise<Value> | undefined) ?? load();
    once.set(key, running);
    return running;
  }

  return {
    async peopleOf(accountId) {
      return { value: await byAccount.load(accountId), loadedAt: accountsReadAt };
    },
    person: (id) => (/^\d{1,15}$/.test(id) ? byId.load(id) : Promise.resolve(null)),
    campaigns: () =>
      shared('campaigns', async () => {
        const loadedAt = clock();
        const records = await readPrograms(ask);
        const value = newestFirst(records.map((record) => toCampaign(record, loadedAt)));
        for (const campaign of value) campaignById.prime(campaign.id, campaign);
        return { value, loadedAt };
      }),
    campaign: (id) => (/^\d{1,15}$/.test(id) ? campaignById.load(id) : Promise.resolve(null)),
    async figures(campaignId) {
      // Every field of one answer reads the same snapshot, even if a newer one arrives meanwhile.
      const { asOf, figures } = await shared('figures', attribution.get);
      return { value: figures.get(campaignId) ?? null, loadedAt: asOf };
    },
  };
}
