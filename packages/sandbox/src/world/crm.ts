import { writeActivity } from './crm-activity.ts';
import { addDays, daysBetween, instant } from './dates.ts';
import type { Person } from './names.ts';
import { companyName, domain, industries, person, places } from './names.ts';
import { salesforceId } from './salesforce-id.ts';
import type { Scene } from './scene.ts';

export interface Contact extends Person {
  id: string;
  email: string;
}

export interface Deal {
  id: string;
  name: string;
  amount: number | null;
  stage: string;
  probability: number;
  isClosed: boolean;
  isWon: boolean;
  createdOn: string;
  closeDate: string;
}

export interface Account {
  id: string;
  name: string;
  /** 1 small, 3 middle, 10 large: what amounts are multiplied by. */
  scale: number;
  since: string;
  contacts: Contact[];
  deals: Deal[];
}

const openStages = [
  ['Prospecting', 10],
  ['Qualification', 10],
  ['Needs Analysis', 20],
  ['Value Proposition', 50],
  ['Id. Decision Makers', 60],
  ['Perception Analysis', 70],
  ['Proposal/Price Quote', 75],
  ['Negotiation/Review', 90],
] as const;
const leadSources = ['Web', 'Partner Referral', 'Trade Show', 'Phone Inquiry', 'Purchased List'];
const subjects = [
  'Invoice does not match the order',
  'Login fails for new users',
  'Export is slow',
  'Wrong delivery address',
  'Question about renewal',
];
const titles = ['CFO', 'VP Sales', 'Controller', 'RevOps Manager', 'IT Director', 'Buyer'];

export function writeAccount(scene: Scene): Account {
  const { insert, random, company, today, next } = scene;
  const number = next('account');
  const id = salesforceId('001', number);
  const name = companyName(random, number);
  const scale = random.weighted([
    [1, 6],
    [3, 3],
    [10, 1],
  ] as const);
  const [city, country] = random.pick(places);
  const since = addDays(company.firstDay, random.int(0, Math.max(1, daysBetween(company.firstDay, today) - 45)));
  const owner = random.pick(company.owners);
  const stamp = instant(since, random.int(28_000, 64_000));

  insert('sf_account', {
    id,
    name,
    type: 'Customer - Direct',
    industry: random.chance(0.96) ? random.pick(industries) : null,
    employees: random.chance(0.95) ? scale * random.int(20, 400) : null,
    annual_revenue: scale * random.int(10, 90) * 10_000_000,
    website: `https://www.${domain(name, number)}`,
    phone: `+1 555 01${String(number % 100).padStart(2, '0')}`,
    billing_city: city,
    billing_country: country,
    owner_id: owner,
    created_at: stamp,
    modified_at: stamp,
  });

  const contacts = Array.from(
    {
      length: random.weighted([
        [1, 5],
        [2, 4],
        [3, 1],
      ] as const),
    },
    (_, index) => {
      const who = person(random);
      const contact = {
        ...who,
        id: salesforceId('003', next('contact')),
        email: `contact${index + 1}@${domain(name, number)}`,
      };
      insert('sf_contact', {
        id: contact.id,
        account_id: id,
        first_name: who.first,
        last_name: who.last,
        email: contact.email,
        title: random.pick(titles),
        phone: null,
        owner_id: owner,
        created_at: stamp,
        modified_at: stamp,
      });
      return contact;
    },
  );

  const open = random.chance(0.4) ? random.int(1, 4) : 0;
  const closed = random.int(0, 3);
  const deals = Array.from({ length: open + closed }, (_, index) =>
    writeDeal(
      scene,
      { accountId: index === 0 && open > 0 && random.chance(0.01) ? null : id, name, scale, since, owner },
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
  const account = { id, name, scale, since, contacts, deals };
  writeActivity(scene, account, owner);
  return account;
}

function writeDeal(
  { insert, random, today, next, programs }: Scene,
  {
    accountId,
    name,
    scale,
    since,
    owner,
  }: { accountId: string | null; name: string; scale: number; since: string; owner: string },
  open: boolean,
): Deal {
  const id = salesforceId('006', next('opportunity'));
  const age = Math.max(1, daysBetween(since, today));
  const createdOn = addDays(since, random.int(0, age - 1));
  const closeDate = open
    ? addDays(today, random.int(-5, 150))
    : addDays(createdOn, random.int(1, Math.max(1, Math.min(90, daysBetween(createdOn, today) - 1))));
  const isWon = !open && random.chance(0.6);
  const [stage, probability] = open
    ? random.pick(openStages)
    : isWon
      ? (['Closed Won', 100] as const)
      : (['Closed Lost', 0] as const);
  const amount = random.chance(0.05) ? null : scale * random.int(400, 6000) * 1000 + random.int(0, 99);
  const stamp = instant(createdOn, random.int(28_000, 64_000));
  const dealName = `${name} - ${random.pick(['New business', 'Expansion', 'Renewal', 'Add-on'])}`;

  insert('sf_opportunity', {
    id,
    account_id: accountId,
    name: dealName,
    stage,
    amount,
    probability,
    close_date: closeDate,
    is_closed: open ? 0 : 1,
    is_won: isWon ? 1 : 0,
    forecast_category: open ? 'Pipeline' : isWon ? 'Closed' : 'Omitted',
    type: 'New Customer',
    last_stage_change_at: open ? stamp : instant(closeDate < today ? closeDate : today, 64_000),
    lead_source: random.pick(leadSources),
    campaign_id: random.chance(0.3) ? random.pick(programs).sfCampaignId : null,
    owner_id: owner,
    created_at: stamp,
    modified_at: stamp,
  });
  return { id, name: dealName, amount, stage, probability, isClosed: !open, isWon, createdOn, closeDate };
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
