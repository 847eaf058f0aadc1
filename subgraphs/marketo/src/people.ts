import { toId18 } from '@customer360/kit/salesforce-id';
import type { CampaignRef, Person, Touch } from './model.ts';
import type { LeadRecord } from './records.ts';
import { touchKind } from './touch-kind.ts';

/** Finds a campaign by the name that an interesting moment gives as its source. */
export type FindCampaign = (name: string) => CampaignRef | null;

export function toPerson(record: LeadRecord, findCampaign: FindCampaign): Person {
  const { lastCampaignId, lastCampaignName, sfdcAccountId } = record;
  const lastCampaign = lastCampaignId ? { id: lastCampaignId, name: lastCampaignName ?? null } : null;
  return {
    id: record.id,
    accountId: sfdcAccountId ? toId18(sfdcAccountId) : null,
    email: record.email ?? null,
    leadSource: record.leadSource ?? null,
    score: record.leadScore ?? null,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    lastTouch: toTouch(record, lastCampaign, findCampaign),
    lastCampaign,
  };
}

function toTouch(record: LeadRecord, lastCampaign: CampaignRef | null, findCampaign: FindCampaign): Touch | null {
  if (!record.lastInterestingMomentDate) return null;
  const description = record.lastInterestingMomentDesc ?? null;
  const source = record.lastInterestingMomentSource ?? null;
  // A person may have joined a later program without an interesting moment, so the last campaign is only the
  // moment's own when the moment names it.
  const campaign = source === null ? null : source === lastCampaign?.name ? lastCampaign : findCampaign(source);
  return {
    occurredAt: record.lastInterestingMomentDate,
    kind: touchKind(record.lastInterestingMomentType ?? null, `${description ?? ''} ${source ?? ''}`),
    description,
    campaign,
  };
}

/** Instants of one form compare as text. */
export const compareText = (one: string, other: string) => Number(one > other) - Number(one < other);

type Compare = (one: Person, other: Person) => number;

/** Ids decide between equals, so that the same people always give the same answer. */
const byId: Compare = (one, other) => Number(one.id) - Number(other.id);
const scoreOf = (person: Person) => person.score ?? Number.NEGATIVE_INFINITY;

function first(people: readonly Person[], compare: Compare): Person | null {
  return [...people].sort((one, other) => compare(one, other) || byId(one, other))[0] ?? null;
}

/** Highest score first, people without one last. */
export function byScore(people: readonly Person[]): Person[] {
  return [...people].sort((one, other) => {
    const [left, right] = [scoreOf(one), scoreOf(other)];
    return left === right ? byId(one, other) : right - left;
  });
}

/** Where the first of the people to be known came from. */
export function leadSource(people: readonly Person[]): string | null {
  return first(people, (one, other) => compareText(one.createdAt, other.createdAt))?.leadSource ?? null;
}

export function lastTouch(people: readonly Person[]): Touch | null {
  const at = (person: Person) => person.lastTouch?.occurredAt ?? '';
  const touched = people.filter((person) => person.lastTouch !== null);
  return first(touched, (one, other) => compareText(at(other), at(one)))?.lastTouch ?? null;
}

/** Marketo stamps the campaign without a time; whoever changed last carries the latest stamp. */
export function lastCampaign(people: readonly Person[]): CampaignRef | null {
  const stamped = people.filter((person) => person.lastCampaign !== null);
  return first(stamped, (one, other) => compareText(other.updatedAt, one.updatedAt))?.lastCampaign ?? null;
}

/** The highest score, cut off to 0–100; Marketo's own scores have no bounds. */
export function engagementScore(people: readonly Person[]): number | null {
  const scores = people.map((person) => person.score).filter((score) => score !== null);
  return scores.length === 0 ? null : Math.min(100, Math.max(0, Math.round(Math.max(...scores))));
}
