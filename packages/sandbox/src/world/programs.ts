import { addDays, daysBetween, instant, monthStart } from './dates.ts';
import type { Insert } from './inserts.ts';
import type { Random } from './random.ts';
import { salesforceId } from './salesforce-id.ts';

export interface Program {
  id: number;
  name: string;
  channel: Channel;
  startDate: string;
  endDate: string;
  sfCampaignId: string;
}

export type Channel = 'Webinar' | 'Email Send' | 'Content' | 'Tradeshow';

/** Per channel: the program type, the statuses on the way, the status that counts as success. */
export const channels: Record<Channel, { type: string; steps: string[]; success: string }> = {
  Webinar: { type: 'Event', steps: ['Invited', 'Registered', 'No Show'], success: 'Attended' },
  'Email Send': { type: 'Email', steps: ['Member', 'Sent', 'Opened'], success: 'Clicked' },
  Content: { type: 'Default', steps: ['Member', 'Visited'], success: 'Downloaded' },
  Tradeshow: { type: 'Event', steps: ['Invited', 'Registered'], success: 'Visited Booth' },
};

const themes = ['Close Faster', 'Cash Forecasting', 'Revenue Clarity', 'Order to Cash', 'Board-ready ARR', 'Renewals'];
const programCount = 24;

/** Two years of marketing programs, one or two a month, each with a Salesforce campaign beside it. */
export function writePrograms(insert: Insert, random: Random, today: string): Program[] {
  return Array.from({ length: programCount }, (_, index) => {
    const channel = random.pick(Object.keys(channels) as Channel[]);
    const startDate = addDays(
      monthStart(today, -Math.floor(((programCount - index) * 18) / programCount)),
      random.int(0, 20),
    );
    const endDate = addDays(startDate, random.int(20, 200));
    const id = 1001 + index * 3;
    const name = `${startDate.slice(0, 7)} ${channel}: ${random.pick(themes)}`;
    const active = daysBetween(today, endDate) > 0;
    const sfCampaignId = salesforceId('701', index + 1);
    const created = instant(addDays(startDate, -14), random.int(28_000, 60_000));
    const cost = random.int(8, 90) * 100;

    insert('sf_campaign', {
      id: sfCampaignId,
      name,
      type: channel,
      status: active ? 'In Progress' : 'Completed',
      start_date: startDate,
      end_date: endDate,
      is_active: active ? 1 : 0,
      budgeted_cost: cost * 110,
      actual_cost: cost * 100,
      owner_id: salesforceId('005', 1),
      created_at: created,
      modified_at: created,
    });
    insert('mk_program', {
      id,
      name,
      description: '',
      type: channels[channel].type,
      channel,
      status: active ? 'on' : 'off',
      folder_id: 38,
      folder_name: startDate.slice(0, 4),
      sf_campaign_id: sfCampaignId,
      start_date: startDate,
      end_date: endDate,
      created_at: created,
      updated_at: created,
    });
    insert('mk_program_cost', { program_id: id, start_date: monthStart(startDate), cost, note: 'media' });
    if (random.chance(0.5)) {
      insert('mk_program_cost', {
        program_id: id,
        start_date: monthStart(startDate, 1),
        cost: random.int(2, 20) * 50,
        note: 'production',
      });
    }
    return { id, name, channel, startDate, endDate, sfCampaignId };
  });
}
