import { decimal, roundDecimal, sumDecimals, toMoney } from '@customer360/kit/decimal';
import { UpstreamError } from '@customer360/kit/errors';
import { chunk } from '@customer360/kit/loader';
import type { Model, Success } from './attribution-model.ts';
import { creditDeal } from './attribution-model.ts';
import type { Ask } from './lists.ts';
import { readAll, readAssets, readPrograms } from './lists.ts';
import type { CampaignFigures, CampaignRef } from './model.ts';
import { mapParallel } from './parallel.ts';
import { maxFilterValues, membersOf, opportunitiesBy, programWithCosts, rolesOf } from './query.ts';
import type { MemberRecord, ProgramRecord } from './records.ts';
import { costedProgram, memberRecord, opportunityRecord, roleRecord } from './records.ts';

/** What all campaigns cost and brought in. */
export interface AttributionFigures {
  /** By the id of the campaign. */
  figures: [string, CampaignFigures][];
  campaigns: (CampaignRef & { name: string })[];
}

const width = 6;

/** Reads every program's costs and members, and the deals of the people who reached success, and works out the figures. */
export async function buildAttribution(
  ask: Ask,
  settings: { model: Model; currency: string },
): Promise<AttributionFigures> {
  const minorUnits = 10 ** fractionDigits(settings.currency);
  const programs = await readPrograms(ask);
  const spend = new Map<string, number | string>();
  const members = new Map<string, MemberRecord[]>();
  const reads = programs.flatMap(({ id }) => [
    async () => void spend.set(id, await readSpend(ask, id)),
    async () => void members.set(id, await readMembers(ask, id)),
  ]);
  await mapParallel(reads, width, (read) => read());

  const successes = successesByPerson(members);
  const leadIds = [...successes.keys()];
  const roles = await mapParallel(chunk(leadIds, maxFilterValues), width, (ids) =>
    readAll(ask, rolesOf(ids), roleRecord),
  );
  const peopleOfDeal = new Map<string, Set<string>>();
  for (const { leadId, externalOpportunityId: id } of roles.flat()) {
    peopleOfDeal.set(id, (peopleOfDeal.get(id) ?? new Set()).add(leadId));
  }
  const deals = await mapParallel(chunk([...peopleOfDeal.keys()], maxFilterValues), width, (ids) =>
    readAll(ask, opportunitiesBy(ids), opportunityRecord),
  );

  const revenue = new Map<string, number>();
  const dealById = new Map(deals.flat().map((deal) => [deal.externalOpportunityId, deal]));
  for (const [id, { isWon, amount, closeDate }] of dealById) {
    if (!isWon || amount == null || !closeDate) continue;
    const minor = roundDecimal(decimal(amount).times(minorUnits), 0).toNumber();
    const touches = [...(peopleOfDeal.get(id) ?? [])].flatMap((leadId) => successes.get(leadId) ?? []);
    for (const [programId, part] of creditDeal(
      settings.model,
      { amount: minor, closesOn: new Date(closeDate) },
      touches,
    )) {
      revenue.set(programId, (revenue.get(programId) ?? 0) + part);
    }
  }

  const figures = programs.map(({ id }): [string, CampaignFigures] => [
    id,
    {
      spend: toMoney(spend.get(id) ?? 0, settings.currency),
      attributedRevenue: toMoney(decimal(revenue.get(id) ?? 0).div(minorUnits), settings.currency),
      leadsGenerated: (members.get(id) ?? []).filter((member) => member.acquiredBy).length,
    },
  ]);
  return { figures, campaigns: programs.map(({ id, name }: ProgramRecord) => ({ id, name })) };
}

/** How many decimals amounts of a currency have: none in yen, three in Kuwaiti dinars. */
function fractionDigits(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

async function readSpend(ask: Ask, programId: string): Promise<string> {
  const [program] = readAssets(costedProgram, await ask(programWithCosts(programId)));
  // It stood in the list a moment ago: without it nothing is known, which is not the same as no costs.
  if (!program) throw new UpstreamError('MARKETO', 'malformed', 'an answer lacks the program that was asked for');
  return sumDecimals((program.costs ?? []).map(({ cost }) => cost)).toFixed();
}

async function readMembers(ask: Ask, programId: string): Promise<MemberRecord[]> {
  const rows = await readAll(ask, membersOf(programId), memberRecord);
  return [...new Map(rows.map((row) => [row.leadId, row])).values()];
}

function successesByPerson(members: ReadonlyMap<string, readonly MemberRecord[]>): Map<string, Success[]> {
  const successes = new Map<string, Success[]>();
  for (const [programId, rows] of members) {
    for (const { leadId, reachedSuccess, reachedSuccessDate: at } of rows) {
      if (reachedSuccess && at)
        successes.set(leadId, [...(successes.get(leadId) ?? []), { programId, at: new Date(at) }]);
    }
  }
  return successes;
}
