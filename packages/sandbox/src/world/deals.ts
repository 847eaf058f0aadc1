import { addDays, daysBetween, instant } from './dates.ts';
import { salesforceId } from './salesforce-id.ts';
import type { Scene } from './scene.ts';
import { planHistory, writeHistory } from './stage-history.ts';
import { forecastOf, openStages } from './stages.ts';

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

const leadSources = ['Web', 'Partner Referral', 'Trade Show', 'Phone Inquiry', 'Purchased List'];
const kinds = ['New business', 'Expansion', 'Renewal', 'Add-on'];

interface Sold {
  accountId: string | null;
  name: string;
  scale: number;
  since: string;
  owner: string;
}

export function writeDeal(scene: Scene, sold: Sold, open: boolean): Deal {
  const { insert, random, company, today, next, programs } = scene;
  const id = salesforceId('006', next('opportunity'));
  const age = Math.max(2, daysBetween(sold.since, today));
  const createdOn = addDays(sold.since, random.int(0, age - 2));
  const soonest = addDays(createdOn, 1);
  const latest = [addDays(createdOn, 120), addDays(today, -1)].sort()[0] as string;
  const closeDate = open
    ? company.season(random, addDays(today, -5), addDays(today, 150))
    : company.season(random, soonest, latest);
  const isWon = !open && random.chance(0.6);
  const [stage, probability] = open
    ? random.pick(openStages)
    : isWon
      ? (['Closed Won', 100] as const)
      : (['Closed Lost', 0] as const);
  const amount = random.chance(0.05) ? null : sold.scale * random.int(400, 6000) * 1000 + random.int(0, 99);
  const created = instant(createdOn, random.int(28_000, 64_000));
  const dealName = `${sold.name} - ${random.pick(kinds)}`;
  const deal = { id, name: dealName, amount, stage, probability, isClosed: !open, isWon, createdOn, closeDate };
  const history = planHistory(scene, deal, created);
  const changed = history.at(-1)?.at ?? created;

  insert('sf_opportunity', {
    id,
    account_id: sold.accountId,
    name: dealName,
    stage,
    amount,
    probability,
    close_date: closeDate,
    is_closed: open ? 0 : 1,
    is_won: isWon ? 1 : 0,
    forecast_category: forecastOf(probability),
    type: 'New Customer',
    // What sales promised; the ERP knows the terms that it bills by.
    description: isWon && random.chance(0.15) ? `Agreed terms: Net ${random.pick(company.terms).days}` : null,
    last_stage_change_at: changed,
    lead_source: random.pick(leadSources),
    campaign_id: random.chance(0.3) ? random.pick(programs).sfCampaignId : null,
    owner_id: sold.owner,
    created_at: created,
    modified_at: changed,
  });
  writeHistory(scene, id, history);
  return deal;
}
