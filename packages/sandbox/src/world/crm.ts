import { writeActivity } from './crm-activity.ts';
import type { Culture } from './cultures.ts';
import { addDays, daysBetween, instant } from './dates.ts';
import type { Deal } from './deals.ts';
import { writeDeal } from './deals.ts';
import type { CompanyName, Person } from './names.ts';
import { companyName, domain, industries, person, pickCulture } from './names.ts';
import { salesforceId } from './salesforce-id.ts';
import type { Scene } from './scene.ts';

export interface Contact extends Person {
  id: string;
  email: string;
}

export interface Account {
  id: string;
  called: CompanyName;
  culture: Culture;
  /** 1 small, 3 middle, 10 large: what amounts are multiplied by. */
  scale: number;
  since: string;
  contacts: Contact[];
  deals: Deal[];
}

/** One account in so many shares a person with the account before it, who changed jobs or works for both. */
const sharedPersonShare = 0.03;
const titles = ['CFO', 'VP Sales', 'Controller', 'RevOps Manager', 'IT Director', 'Buyer'];
const subjects = [
  'Invoice does not match the order',
  'Login fails for new users',
  'Export is slow',
  'Wrong delivery address',
  'Question about renewal',
];

export function writeAccount(scene: Scene, before: Account | null): Account {
  const { insert, random, company, today, next } = scene;
  const number = next('account');
  const id = salesforceId('001', number);
  const culture = pickCulture(random);
  const called = companyName(random, culture, number);
  const scale = random.weighted([
    [1, 6],
    [3, 3],
    [10, 1],
  ] as const);
  const [city, country] = random.pick(culture.places);
  const since = addDays(company.firstDay, random.int(0, Math.max(1, daysBetween(company.firstDay, today) - 45)));
  const owner = random.pick(company.owners);
  const stamp = instant(since, random.int(28_000, 64_000));

  insert('sf_account', {
    id,
    name: called.name,
    type: 'Customer - Direct',
    industry: random.chance(0.96) ? random.pick(industries) : null,
    employees: random.chance(0.95) ? scale * random.int(20, 400) : null,
    annual_revenue: random.chance(0.95) ? scale * random.int(10, 90) * 10_000_000 : null,
    website: `https://www.${domain(called, number)}`,
    phone: `+1 555 01${String(number % 100).padStart(2, '0')}`,
    billing_city: city,
    billing_country: country,
    owner_id: owner,
    created_at: stamp,
    modified_at: stamp,
  });

  const shared = before && random.chance(sharedPersonShare) ? before.contacts[0] : undefined;
  const count = random.weighted([
    [1, 5],
    [2, 4],
    [3, 1],
  ] as const);
  const contacts = Array.from({ length: count }, (_, index) => {
    const who = index === 0 && shared ? shared : person(random, culture);
    const email = index === 0 && shared ? shared.email : `contact${index + 1}@${domain(called, number)}`;
    return writeContact(scene, { ...who, email }, { accountId: id, owner, stamp });
  });

  const open = random.chance(0.4) ? random.int(1, 4) : 0;
  const closed = random.int(0, 3);
  const deals = Array.from({ length: open + closed }, (_, index) =>
    writeDeal(
      scene,
      { accountId: index === 0 && open > 0 && random.chance(0.01) ? null : id, name: called.name, scale, since, owner },
      index < open,
    ),
  );
  for (
    let count = random.weighted([
      [0, 4],
      [1, 4],
      [2, 2],
      [4, 1],
    ] as const);
    count > 0;
    count -= 1
  ) {
    writeCase(scene, id, contacts[0]?.id ?? null, owner, since);
  }
  const account = { id, called, culture, scale, since, contacts, deals };
  writeActivity(scene, account, owner);
  return account;
}

/** A person whom nobody tied to an account. */
export function writePrivateContact(scene: Scene): void {
  const { random, company, today, next } = scene;
  const since = addDays(company.firstDay, random.int(0, daysBetween(company.firstDay, today) - 1));
  const who = person(random, pickCulture(random));
  const email = random.chance(0.8) ? `person${next('private contact')}@mail.example` : null;
  const stamp = instant(since, random.int(28_000, 64_000));
  writeContact(scene, { ...who, email }, { accountId: null, owner: random.pick(company.owners), stamp });
}

function writeContact<Email extends string | null>(
  { insert, random, next }: Scene,
  { first, last, email }: Person & { email: Email },
  { accountId, owner, stamp }: { accountId: string | null; owner: string; stamp: string },
) {
  const id = salesforceId('003', next('contact'));
  insert('sf_contact', {
    id,
    account_id: accountId,
    first_name: first,
    last_name: last,
    email,
    title: random.pick(titles),
    phone: null,
    owner_id: owner,
    created_at: stamp,
    modified_at: stamp,
  });
  return { id, first, last, email };
}

function writeCase(
  { insert, random, today, next }: Scene,
  accountId: string,
  contactId: string | null,
  owner: string,
  since: string,
) {
  const number = next('case');
  const createdOn = addDays(since, random.int(0, Math.max(1, daysBetween(since, today) - 1)));
  const status = random.weighted([
    ['Closed', 6],
    ['New', 2],
    ['Working', 2],
    ['Escalated', 1],
  ] as const);
  const created = instant(createdOn, random.int(28_000, 64_000));
  const closed = status === 'Closed' ? instant(addDays(createdOn, 1), random.int(28_000, 64_000)) : null;
  insert('sf_case', {
    id: salesforceId('500', number),
    case_number: String(1000 + number).padStart(8, '0'),
    account_id: accountId,
    contact_id: contactId,
    subject: random.pick(subjects),
    status,
    priority: random.weighted([
      ['Medium', 5],
      ['High', 3],
      ['Low', 2],
    ] as const),
    origin: random.pick(['Web', 'Email', 'Phone']),
    is_closed: closed ? 1 : 0,
    closed_at: closed,
    is_escalated: status === 'Escalated' ? 1 : 0,
    owner_id: owner,
    created_at: created,
    modified_at: closed ?? created,
  });
}
