import type { Account } from './crm.ts';
import { addDays, daysBetween, instant } from './dates.ts';
import { salesforceId } from './salesforce-id.ts';
import type { Scene } from './scene.ts';

const taskSubjects = ['Call', 'Send Letter', 'Send Quote', 'Follow up on invoice', 'Prepare renewal'];
const eventSubjects = ['Meeting', 'Demo', 'Quarterly review', 'Contract negotiation'];

/** What was done with an account: tasks, meetings and campaign memberships. */
export function writeActivity(scene: Scene, account: Account, owner: string) {
  const { random } = scene;
  for (let count = random.int(0, 3); count > 0; count -= 1) writeTask(scene, account, owner);
  for (let count = random.int(0, 2); count > 0; count -= 1) writeEvent(scene, account, owner);
  for (const contact of account.contacts) if (random.chance(0.6)) writeMember(scene, contact.id, account.since);
}

/** An account itself, or one of its deals. */
const subjectOf = ({ random }: Scene, { id, deals }: Account) =>
  deals.length > 0 && random.chance(0.6) ? random.pick(deals).id : id;

function writeTask(scene: Scene, account: Account, owner: string) {
  const { insert, random, today, next } = scene;
  const createdOn = addDays(account.since, random.int(0, Math.max(1, daysBetween(account.since, today) - 1)));
  const due = addDays(createdOn, random.int(1, 30));
  const status =
    due < today && random.chance(0.9)
      ? 'Completed'
      : random.weighted([
          ['Not Started', 6],
          ['In Progress', 2],
          ['Waiting on someone else', 1],
          ['Deferred', 1],
        ] as const);
  const created = instant(createdOn, random.int(28_000, 64_000));
  const completed = status === 'Completed' ? instant(due, random.int(28_000, 64_000)) : null;
  const subject = random.pick(taskSubjects);
  insert('sf_task', {
    id: salesforceId('00T', next('task')),
    subject,
    status,
    priority: random.weighted([
      ['Normal', 7],
      ['High', 2],
      ['Low', 1],
    ] as const),
    activity_date: due,
    who_id: random.chance(0.7) ? (account.contacts[0]?.id ?? null) : null,
    what_id: subjectOf(scene, account),
    account_id: account.id,
    is_closed: completed ? 1 : 0,
    subtype: subject === 'Call' ? 'Call' : 'Task',
    call_type: subject === 'Call' ? 'Outbound' : null,
    completed_at: completed,
    owner_id: owner,
    created_at: created,
    modified_at: completed ?? created,
  });
}

function writeEvent(scene: Scene, account: Account, owner: string) {
  const { insert, random, today, next } = scene;
  const day = addDays(today, random.int(-120, 30));
  const createdOn = addDays(day < today ? day : today, -random.int(1, 20));
  const start = random.int(16, 34) * 1800;
  const stamp = instant(createdOn, random.int(28_000, 64_000));
  insert('sf_event', {
    id: salesforceId('00U', next('event')),
    subject: random.pick(eventSubjects),
    start_at: instant(day, start),
    end_at: instant(day, start + random.pick([1800, 3600, 5400])),
    location: random.pick(['Video call', 'On site', null]),
    who_id: account.contacts[0]?.id ?? null,
    what_id: subjectOf(scene, account),
    account_id: account.id,
    owner_id: owner,
    created_at: stamp,
    modified_at: stamp,
  });
}

function writeMember({ insert, random, next, programs, today }: Scene, contactId: string, since: string) {
  const program = random.pick(programs);
  const joinedOn = program.startDate > since ? program.startDate : since;
  const stamp = instant(joinedOn < today ? joinedOn : today, random.int(28_000, 64_000));
  const responded = random.chance(0.4);
  insert('sf_campaign_member', {
    id: salesforceId('00v', next('campaign member')),
    campaign_id: program.sfCampaignId,
    contact_id: contactId,
    status: responded ? 'Responded' : 'Sent',
    has_responded: responded ? 1 : 0,
    first_responded_on: responded ? stamp.slice(0, 10) : null,
    created_at: stamp,
    modified_at: stamp,
  });
}
