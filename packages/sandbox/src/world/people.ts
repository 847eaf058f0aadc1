import type { Account } from './crm.ts';
import { addDays, daysBetween, instant } from './dates.ts';
import { nameInForm } from './disagreement.ts';
import type { Person } from './names.ts';
import { companyName, domain, person, pickCulture } from './names.ts';
import type { Program } from './programs.ts';
import { channels, eventListId } from './programs.ts';
import type { Scene } from './scene.ts';

interface Lead extends Person {
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

/** One account in so many has a person whom Marketo also knows under the account before it. */
const sharedPersonShare = 0.02;

/** Writes the account's people into Marketo: most contacts, some people Salesforce never saw, their touches and deal roles. */
export function writePeople(scene: Scene, account: Account, before: Account | null) {
  const { random, next } = scene;
  const known = account.contacts
    .filter(() => random.chance(0.85))
    .map((contact) => ({ ...contact, contactId: contact.id }));
  const strangers = Array.from({ length: random.chance(0.3) ? 1 : 0 }, () => {
    const who = person(random, account.culture);
    const email = random.chance(0.9) ? `lead${next('stranger')}@${domain(account.called, next('domain'))}` : null;
    return { ...who, email, contactId: null };
  });
  const elsewhere = before && random.chance(sharedPersonShare) ? before.contacts.slice(0, 1) : [];
  const shared = elsewhere.map(({ first, last, email }) => ({ first, last, email, contactId: null }));
  const leads = [...known, ...strangers, ...shared].map((lead) => ({
    ...lead,
    id: nextLead(scene),
    accountId: account.id,
    company: nameInForm(random, account.called),
  }));
  scene.insert('mk_company', {
    id: 3000 + next('company'),
    external_id: account.id,
    name: account.called.name,
    created_at: instant(account.since, 28_000),
    updated_at: instant(account.since, 28_000),
  });
  for (const lead of leads) writeLead(scene, account.since, lead);
  writeRoles(scene, account, leads);
}

/** Someone who left a name on the web site, and belongs to no account. */
export function writeUnattached(scene: Scene) {
  const { random, company, today, next } = scene;
  const culture = pickCulture(random);
  const since = addDays(company.firstDay, random.int(0, daysBetween(company.firstDay, today) - 30));
  writeLead(scene, since, {
    ...person(random, culture),
    id: nextLead(scene),
    accountId: null,
    contactId: null,
    company: random.chance(0.5) ? companyName(random, culture, random.int(1, 99)).bare : null,
    email: random.chance(0.95) ? `visitor${next('visitor')}@mail.example` : null,
  });
}

const nextLead = ({ next }: Scene) => 100_000 + next('lead') * 7;

function writeLead(scene: Scene, since: string, lead: Lead) {
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

function writeRoles({ insert, random, next }: Scene, account: Account, leads: { id: number }[]) {
  if (leads.length === 0) return;
  const guid = (kind: number) => `5b9c2b1e-000${kind}-4000-8000-${String(next(`guid${kind}`)).padStart(12, '0')}`;
  for (const deal of account.deals) {
    const created = instant(deal.createdOn, 40_000);
    insert('mk_opportunity', {
      external_id: deal.id,
      guid: guid(1),
      name: deal.name,
      amount: deal.amount,
      stage: deal.stage,
      is_closed: deal.isClosed ? 1 : 0,
      is_won: deal.isWon ? 1 : 0,
      close_date: deal.closeDate,
      external_company_id: account.id,
      external_created_at: created,
      created_at: created,
      updated_at: created,
    });
    random
      .shuffle(leads)
      .slice(0, random.int(1, 2))
      .forEach((lead, index) => {
        insert('mk_role', {
          guid: guid(2),
          external_opportunity_id: deal.id,
          lead_id: lead.id,
          role: index === 0 ? 'Decision Maker' : 'Influencer',
          is_primary: index === 0 ? 1 : 0,
          created_at: created,
        });
      });
  }
}
