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

/** Tags a program may carry, with the values that each allows. */
export const tagTypes = {
  Region: { required: false, values: ['AMER', 'EMEA', 'APAC'] },
  'Business Unit': { required: false, values: ['New Business', 'Customer Success'] },
} as const;

/** Static lists that every instance has: one that has people, one that nobody is in yet. */
export const eventListId = 1001;
const lists = [
  { id: eventListId, name: 'Event guests', description: 'People met at events' },
  { id: 1002, name: 'Customer advisory board', description: '' },
];

const smartLists = [
  { id: 2001, name: 'All people' },
  { id: 2002, name: 'Unsubscribed people' },
];

const themes = ['Close Faster', 'Cash Forecasting', 'Revenue Clarity', 'Order to Cash', 'Board-ready ARR', 'Renewals'];
const programCount = 24;

/** Two years of marketing programs, one or two a month, each with a Salesforce campaign beside it. */
export function writePrograms(insert: Insert, random: Random, today: string): Program[] {
  const programs = Array.from({ length: programCount }, (_, index) => {
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
    // Opens and clicks name the program where they mean its one email, so both have the same id.
    if (channel === 'Email Send') {
      const theme = name.slice(name.indexOf(': ') + 2);
      const email = {
        id,
        name: `${name} email`,
        subject: theme,
        program_id: id,
        created_at: created,
        updated_at: created,
      };
      insert('mk_email', { ...email, html: `<p>${theme}</p>`, text: theme, draft_html: null, draft_text: null });
    }
    insert('mk_program_tag', { program_id: id, type: 'Region', value: ['AMER', 'EMEA', 'APAC'][index % 3] as string });
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
  writeLists(insert, programs[0] as Program);
  writeCampaigns(insert, programs[0] as Program, programs.at(-1) as Program);
  return programs;
}

function writeLists(insert: Insert, { startDate }: Program) {
  const at = instant(startDate, 32_000);
  for (const list of lists) insert('mk_list', { ...list, program_id: null, created_at: at, updated_at: at });
  for (const list of smartLists) insert('mk_smart_list', { ...list, description: '', created_at: at, updated_at: at });
}

/** One campaign that the API may request, one that runs in batches, one that is switched off and one that only the web site triggers. */
function writeCampaigns(insert: Insert, first: Program, last: Program) {
  const campaigns = [
    { id: 3001, name: 'Follow up by sales', type: 'trigger', is_active: 1, is_requestable: 1, program_id: last.id },
    { id: 3002, name: 'Monthly newsletter', type: 'batch', is_active: 0, is_requestable: 0, program_id: first.id },
    { id: 3003, name: 'Welcome a new person', type: 'trigger', is_active: 0, is_requestable: 1, program_id: last.id },
    { id: 3004, name: 'Score a form', type: 'trigger', is_active: 1, is_requestable: 0, program_id: null },
  ];
  const at = instant(first.startDate, 33_000);
  for (const campaign of campaigns) {
    insert('mk_campaign', { ...campaign, description: '', run_at: null, created_at: at, updated_at: at });
  }
}
