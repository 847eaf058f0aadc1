import type { Account } from './crm.ts';
import { addDays, daysBetween, instant } from './dates.ts';
import { nameInForm } from './disagreement.ts';
import { writeLead } from './leads.ts';
import { companyName, domain, person, pickCulture } from './names.ts';
import type { Scene } from './scene.ts';

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
