import type { Answer } from '../answers.ts';
import { instantOf, Refusal } from '../answers.ts';
import { knownLead } from '../leads/change.ts';
import type { Parameters } from '../parameters.ts';
import { isRecord, missing, readInstant, readInteger } from '../parameters.ts';
import { copyProgram, freeName } from '../programs/write.ts';
import type { Desk, Route } from '../routes.ts';
import { knownCampaign } from './campaigns.ts';
import { personOf } from './triggers.ts';

export const requestRoutes: readonly Route[] = [
  { method: 'POST', path: '/rest/v1/campaigns/{id}/trigger.json', operation: 'campaign:trigger', answer: trigger },
  { method: 'POST', path: '/rest/v1/campaigns/{id}/schedule.json', operation: 'campaign:schedule', answer: schedule },
];

const maxLeads = 100;
const maxTokens = 100;
const soonestMs = 5 * 60_000;
const latestMs = 2 * 365 * 86_400_000;

/** Runs a campaign for some people, if it waits for being requested. */
function trigger(desk: Desk, parameters: Parameters, id: string): Answer {
  const { reader, activities, webhook } = desk;
  const campaign = knownCampaign(reader, id);
  if (campaign.type !== 'trigger') throw new Refusal('1003', 'Only trigger campaigns can be requested');
  if (campaign.is_active !== 1) throw new Refusal('1003', 'Campaign is not active');
  if (campaign.is_requestable !== 1) throw new Refusal('1003', 'Campaign has no trigger for a web service request');
  const { input } = parameters.input;
  if (!isRecord(input)) throw missing('input');
  const tokens = readTokens(input.tokens);
  const { leads } = input;
  if (!Array.isArray(leads) || leads.length === 0) throw missing('leads');
  if (leads.length > maxLeads) throw new Refusal('1003', `At most ${maxLeads} leads can be given`);
  const ids = leads.map((lead) => readInteger(String(isRecord(lead) ? lead.id : lead)));
  const people = ids.map((leadId) => knownLead(reader, leadId));

  const campaignId = Number(campaign.id);
  const name = String(campaign.name);
  for (const person of people) {
    const leadId = Number(person.id);
    const attributes = { Source: activities.source };
    const entry = { leadId, typeId: 47, primary: [campaignId, name] as const, campaignId, attributes };
    activities.write(entry, 'requestCampaign');
    webhook.call({
      campaign: { id: campaignId, name },
      lead: personOf(reader, leadId),
      tokens,
    });
  }
  return { result: [{ id: campaignId }] };
}

/** Plans the one run of a batch campaign, on request of a copy of it in a copied program. */
function schedule(desk: Desk, parameters: Parameters, id: string): Answer {
  const { reader, now, clones } = desk;
  const campaign = knownCampaign(reader, id);
  if (campaign.type !== 'batch') throw new Refusal('1003', 'Only batch campaigns can be scheduled');
  const input = isRecord(parameters.input.input) ? parameters.input.input : {};
  readTokens(input.tokens);
  const soonest = instantOf(now() + soonestMs);
  const asked = input.runAt == null ? soonest : readInstant(input.runAt);
  if (asked > instantOf(now() + latestMs)) throw new Refusal('1042', 'Invalid runAt date');
  const runAt = asked < soonest ? soonest : asked;
  const at = instantOf(now());

  const copyName = input.cloneToProgramName;
  if (copyName == null) {
    reader.update('mk_campaign', { run_at: runAt, updated_at: at }, 'id = ?', Number(campaign.id));
    return { result: [{ id: Number(campaign.id) }] };
  }
  if (campaign.program_id === null) throw new Refusal('1003', 'The campaign is in no program that could be cloned');
  const name = freeName(reader, String(copyName));
  if (!clones.take()) throw new Refusal('1020', 'Too many clones to program');
  const programId = copyProgram(reader, Number(campaign.program_id), name, at);
  const copy = reader.nextId('mk_campaign');
  const { cursor: _, program_name: __, ...row } = campaign as Record<string, string | number | null>;
  const fresh = { id: copy, program_id: programId, run_at: runAt, created_at: at, updated_at: at };
  reader.insert('mk_campaign', { ...row, ...fresh });
  return { result: [{ id: copy }] };
}

/** Values that stand in for the program's own tokens in this run; one that the program does not have is of no use, and no error. */
function readTokens(given: unknown): Record<string, string> {
  if (given == null) return {};
  if (!Array.isArray(given) || !given.every(isRecord)) throw new Refusal('1003', 'Invalid value for tokens');
  if (given.length > maxTokens) throw new Refusal('1003', `At most ${maxTokens} tokens can be given`);
  return Object.fromEntries(
    given.map(({ name, value }) => {
      if (typeof name !== 'string' || name === '') throw new Refusal('1003', 'Invalid value for tokens');
      return [name, String(value ?? '')];
    }),
  );
}
