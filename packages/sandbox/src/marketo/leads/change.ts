import type { Answer } from '../answers.ts';
import { instantOf, Refusal, settle } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
import { isRecord, maxBatch, missing, readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import type { Reader } from '../rows.ts';

const maxMerged = 25;

export const leadChangeRoutes: readonly Route[] = [
  { method: 'POST', path: '/rest/v1/leads/delete.json', operation: 'leads:delete', answer: remove },
  { method: 'DELETE', path: '/rest/v1/leads.json', operation: 'leads:delete', answer: remove },
  { method: 'POST', path: '/rest/v1/leads/{id}/merge.json', operation: 'leads:merge', answer: merge },
  { method: 'POST', path: '/rest/v1/leads/{id}/associate.json', operation: 'leads:associate', answer: associate },
];

/** The people a call names, as parameters or as records of a body. */
export function readIds(parameters: Parameters): number[] {
  const { input } = parameters.input;
  const inBody = Array.isArray(input) ? input.map((record) => (isRecord(record) ? String(record.id ?? '') : '')) : [];
  const ids = [...parameters.list('id'), ...inBody].map(readInteger);
  if (ids.length === 0) throw missing('id');
  if (ids.length > maxBatch) throw new Refusal('1003', `${ids.length} ids are given, at most ${maxBatch} are allowed`);
  return ids;
}

/** @throws Refusal when the instance has no such person. */
export function knownLead(reader: Reader, id: number): Record<string, unknown> {
  const [lead] = reader.all('SELECT * FROM mk_lead WHERE id = ?', id);
  if (!lead) throw new Refusal('1004', 'Lead not found');
  return lead;
}

const nameOf = (lead: Record<string, unknown>) =>
  [lead.first_name, lead.last_name].filter(Boolean).join(' ') || (lead.email as string | null);

function remove(desk: Desk, parameters: Parameters): Answer {
  const { reader, activities } = desk;
  const result = readIds(parameters).map((id) =>
    settle(desk, { id }, () => {
      const lead = knownLead(reader, id);
      forget(reader, id);
      activities.write({ leadId: id, typeId: 37, primary: [id, nameOf(lead)] }, 'deleteLead');
      return { status: 'deleted' };
    }),
  );
  return { result };
}

/** Takes a person out of every table but the log, which keeps what happened. */
function forget(reader: Reader, id: number) {
  for (const table of ['mk_member', 'mk_list_member', 'mk_role']) {
    reader.run(`DELETE FROM ${table} WHERE lead_id = ?`, id);
  }
  reader.run('DELETE FROM mk_lead WHERE id = ?', id);
}

/** Gives the winner what it lacks of the others: field values, memberships, roles and history. */
function merge({ reader, activities, now }: Desk, parameters: Parameters, id: string): Answer {
  const winnerId = readInteger(id);
  const given = [...parameters.list('leadIds'), ...parameters.list('leadId')].map(readInteger);
  const losers = [...new Set(given)];
  if (losers.length === 0) throw missing('leadIds');
  if (losers.length > maxMerged) throw new Refusal('1080', `At most ${maxMerged} leads can be merged at once`);
  if (losers.includes(winnerId)) throw new Refusal('1003', 'The winning lead is one of the losing leads');
  if (parameters.text('mergeInCRM') === 'true') throw new Refusal('1003', 'mergeInCRM needs a native CRM integration');
  for (const one of [winnerId, ...losers]) {
    if (reader.all('SELECT 1 FROM mk_lead WHERE id = ?', one).length === 0) {
      throw new Refusal('1004', `Lead '${one}' not found`);
    }
  }
  for (const loserId of losers) {
    const winner = knownLead(reader, winnerId);
    const kept = Object.entries(knownLead(reader, loserId)).filter(
      ([name, value]) => winner[name] === null && value !== null,
    );
    const values = Object.fromEntries(kept) as Record<string, string | number>;
    reader.update('mk_lead', { ...values, updated_at: instantOf(now()) }, 'id = ?', winnerId);
    reader.run('UPDATE OR IGNORE mk_list_member SET lead_id = ? WHERE lead_id = ?', winnerId, loserId);
    reader.run(
      `UPDATE mk_member SET lead_id = ? WHERE lead_id = ?
         AND program_id NOT IN (SELECT program_id FROM mk_member WHERE lead_id = ?)`,
      winnerId,
      loserId,
      winnerId,
    );
    reader.run('UPDATE mk_role SET lead_id = ? WHERE lead_id = ?', winnerId, loserId);
    reader.run('UPDATE mk_activity SET lead_id = ? WHERE lead_id = ?', winnerId, loserId);
    forget(reader, loserId);
  }
  const attributes = { 'Merge IDs': JSON.stringify(losers), 'Merge Source': activities.source };
  const primary = [winnerId, nameOf(knownLead(reader, winnerId))] as const;
  activities.write({ leadId: winnerId, typeId: 32, primary, attributes }, 'mergeLeads');
  return {};
}

/** Ties the visits of a browser to a person. */
function associate({ reader }: Desk, parameters: Parameters, id: string): Answer {
  const cookie = parameters.required('cookie');
  const leadId = readInteger(id);
  knownLead(reader, leadId);
  if (!/token:|_mch-/.test(cookie)) throw new Refusal('1012', `Invalid cookie value '${cookie}'`);
  reader.update('mk_lead', { cookie }, 'id = ?', leadId);
  return {};
}
