import { activityTypes } from '../activities/types.ts';
import { type Answer, instantOf, Refusal } from '../answers.ts';
import { knownLead } from '../leads/change.ts';
import type { Desk } from '../routes.ts';
import { changeRecord } from './records.ts';
import type { ActivityChange } from './schema.ts';

const form = 2;
const unsubscribe = 9;
const moment = 46;
/** What these are about is an email, of which the instance has some. */
const aboutEmail = [6, 7, 8, 9, 10, 11, 27];

/** Logs what a person did or what happened to them, and what follows from it. */
export function act(desk: Desk, change: ActivityChange): Answer {
  const { leadId, activityTypeId: typeId, campaignId, attributes, fields } = change;
  const { reader, activities } = desk;
  knownLead(reader, leadId);
  if (!activityTypes.some((type) => type.id === typeId))
    throw new Refusal('1013', `Activity type '${typeId}' not found`);
  const primary = readPrimary(desk, change);
  activities.write({ leadId, typeId, primary, attributes, ...(campaignId !== undefined && { campaignId }) }, 'act');

  if (typeId === unsubscribe) changeLead(desk, leadId, { unsubscribed: true });
  if (typeId === form && Object.keys(fields).length > 0) changeLead(desk, leadId, fields);
  if (typeId === moment) noteMoment(desk, change);
  return { result: [{ leadId, activityTypeId: typeId }] };
}

const changeLead = (desk: Desk, id: number, fields: Record<string, unknown>) =>
  changeRecord(desk, { type: 'UPDATE', object: 'lead', id, fields });

function readPrimary({ reader }: Desk, change: ActivityChange): readonly [number | null, string | null] {
  const { activityTypeId, primaryAttributeValueId: id, primaryAttributeValue: value } = change;
  if (id === undefined && value === undefined && aboutEmail.includes(activityTypeId)) {
    const [email] = reader.all('SELECT id, name FROM mk_email ORDER BY id DESC LIMIT 1');
    if (email) return [Number(email.id), String(email.name)];
  }
  return [id ?? null, value ?? null];
}

/** The latest interesting moment also stands on the person. */
function noteMoment({ reader, now }: Desk, { leadId, primaryAttributeValue, attributes }: ActivityChange) {
  const at = instantOf(now());
  const row = {
    last_moment_type: primaryAttributeValue ?? null,
    last_moment_date: at,
    last_moment_desc: attributes.Description === undefined ? null : String(attributes.Description),
    last_moment_source: attributes.Source === undefined ? null : String(attributes.Source),
    updated_at: at,
  };
  reader.update('mk_lead', row, 'id = ?', leadId);
}
