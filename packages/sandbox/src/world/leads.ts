import { addDays, daysBetween, instant } from './dates.ts';
import type { Person } from './names.ts';
import type { Program } from './programs.ts';
import { channels, eventListId } from './programs.ts';
import type { Scene } from './scene.ts';

export interface Lead extends Person {
  id: number;
  accountId: string | null;
  contactId: string | null;
  company: string | null;
  email: string | null;
}

interface Touch {
  at: string;
  program: Program;
  succeeded: boolean;
}

const leadSources = ['Webinar', 'Web', 'Content Syndication', 'Trade Show', 'Referral'];
/** Per channel: the interesting moment that a success leaves, and its activity type id. */
const moments = {
  Webinar: { type: 'Milestone', typeId: 104, verb: 'Attended' },
  'Email Send': { type: 'Email', typeId: 11, verb: 'Clicked link in' },
  Content: { type: 'Web', typeId: 2, verb: 'Filled out form for' },
  Tradeshow: { type: 'Milestone', typeId: 104, verb: 'Visited booth at' },
} as const;

/** Writes one person with everything that marketing did and saw of them. */
export function writeLead(scene: Scene, since: string, lead: Lead) {
  const { insert, random, today } = scene;
  const age = Math.max(1, daysBetween(since, today));
  const createdOn = addDays(since, random.int(0, Math.min(age - 1, 60)));
  const touches = scene.programs
    .filter((program) => program.endDate > createdOn && program.startDate < today && random.chance(0.16))
    .map((program): Touch => {
      const from = program.startDate > createdOn ? program.startDate : createdOn;
      const to = program.endDate < today ? program.endDate : addDays(today, -1);
      const day = addDays(from, random.int(0, Math.max(0, daysBetween(from, to))));
      return { at: instant(day, random.int(28_000, 70_000)), program, succeeded: random.chance(0.55) };
    })
    .sort((one, other) => one.at.localeCompare(other.at));
  const acquired = random.chance(0.5) ? touches[0]?.program : undefined;
  const last = touches.filter((touch) => touch.succeeded).at(-1);
  const moment = last && moments[last.program.channel];

  insert('mk_lead', {
    id: lead.id,
    email: lead.email,
    first_name: lead.first,
    last_name: lead.last,
    company: lead.company,
    sf_account_id: lead.accountId,
    sf_contact_id: lead.contactId,
    external_company_id: lead.accountId,
    lead_source: random.chance(0.9) ? random.pick(leadSources) : null,
    lead_score: random.chance(0.05) ? null : random.int(-5, 30) + touches.length * random.int(5, 25),
    unsubscribed: random.chance(0.05) ? 1 : 0,
    acquisition_program_id: acquired?.id ?? null,
    last_moment_type: moment?.type ?? null,
    last_moment_date: last?.at ?? null,
    last_moment_desc: last && moment ? `${moment.verb} ${last.program.name}` : null,
    last_moment_source: last?.program.name ?? null,
    last_program_id: touches.at(-1)?.program.id ?? null,
    last_program_name: touches.at(-1)?.program.name ?? null,
    created_at: instant(createdOn, 30_000),
    updated_at: touches.at(-1)?.at ?? instant(createdOn, 30_000),
  });
  writeActivity(scene, lead.id, instant(createdOn, 30_000), 12, lead.id, lead.email, {});
  // One list of the people Salesforce never saw, as a field marketer keeps after an event.
  if (lead.contactId === null) insert('mk_list_member', { list_id: eventListId, lead_id: lead.id });
  for (const touch of touches) writeTouch(scene, lead.id, touch, touch.program === acquired);
}

function writeTouch(scene: Scene, leadId: number, { at, program, succeeded }: Touch, acquired: boolean) {
  const { insert, random, next } = scene;
  const { steps, success } = channels[program.channel];
  const status = succeeded ? success : random.pick(steps);
  const memberId = 50_000 + next('member');
  insert('mk_member', {
    id: memberId,
    program_id: program.id,
    lead_id: leadId,
    status,
    reached_success: succeeded ? 1 : 0,
    reached_success_at: succeeded ? at : null,
    acquired_by: acquired ? 1 : 0,
    joined_at: at,
    updated_at: at,
  });
  writeActivity(scene, leadId, at, 104, program.id, program.name, {
    'Old Status': steps[0] as string,
    'New Status': status,
    Success: succeeded,
    'Acquired By': acquired,
    'Program Member ID': memberId,
  });
  const { typeId } = moments[program.channel];
  if (succeeded && typeId !== 104) writeActivity(scene, leadId, at, typeId, program.id, program.name, {});
  if (program.channel === 'Email Send')
    writeActivity(scene, leadId, at, 10, program.id, program.name, { 'Is Mobile Device': random.chance(0.4) });
}

function writeActivity(
  { insert, next }: Scene,
  leadId: number,
  at: string,
  typeId: number,
  primaryId: number,
  primaryValue: string | null,
  attributes: Record<string, string | number | boolean>,
) {
  insert('mk_activity', {
    id: 900_000 + next('activity'),
    lead_id: leadId,
    at,
    type_id: typeId,
    campaign_id: null,
    primary_id: primaryId,
    primary_value: primaryValue,
    attributes: JSON.stringify(attributes),
  });
}
