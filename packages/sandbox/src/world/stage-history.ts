import { addDays, daysBetween, instant } from './dates.ts';
import type { Deal } from './deals.ts';
import { salesforceId } from './salesforce-id.ts';
import type { Scene } from './scene.ts';
import { forecastOf, openStages } from './stages.ts';

interface Step {
  stage: string;
  probability: number;
  amount: number | null;
  closeDate: string;
  at: string;
}

/** How a deal came to stand where it stands: from its first stage, at creation, to its last, which is the deal's own. */
export function planHistory({ random, today }: Scene, deal: Deal, created: string): Step[] {
  const { createdOn, isClosed, closeDate, stage, probability, amount } = deal;
  const reached = openStages.findIndex(([name]) => name === stage);
  const before = isClosed ? random.int(1, openStages.length) : reached;
  const passed = openStages.slice(0, before).filter(() => random.chance(0.6));
  // Nothing is created closed.
  const first = isClosed && passed.length === 0 ? openStages.slice(0, 1) : [];
  const stages: (readonly [string, number])[] = [...first, ...passed, [stage, probability]];
  const last = isClosed ? closeDate : addDays(today, -1);
  const span = daysBetween(createdOn, last);
  // Some deals are estimated high or not at all at first, and some close later than was hoped.
  const estimate =
    amount === null || random.chance(0.3) ? null : random.chance(0.5) ? Math.round(amount * 1.2) : amount;
  const hoped = random.chance(0.4) ? addDays(closeDate, -random.int(1, 30)) : closeDate;

  return stages.map(([name, chance], index): Step => {
    const final = index === stages.length - 1;
    // An open deal moved on some day since; a closed one on its last.
    const share = final && isClosed ? 1 : index / stages.length;
    const at = index === 0 ? created : instant(addDays(createdOn, Math.floor(span * share)), 64_800 + index);
    return {
      stage: name,
      probability: chance,
      amount: final ? amount : estimate,
      closeDate: final || hoped < createdOn ? closeDate : hoped,
      at,
    };
  });
}

export function writeHistory({ insert, next }: Scene, opportunityId: string, steps: Step[]): void {
  for (const { stage, amount, probability, closeDate, at } of steps) {
    insert('sf_opportunity_history', {
      id: salesforceId('008', next('opportunity history')),
      opportunity_id: opportunityId,
      stage,
      amount,
      probability,
      close_date: closeDate,
      forecast_category: forecastOf(probability),
      created_at: at,
    });
  }
}
