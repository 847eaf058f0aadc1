import { createControl } from '../../vendor/control.ts';
import type { Logged } from '../activities/log.ts';
import { createActivityLog } from '../activities/log.ts';
import { type Answer, instantOf } from '../answers.ts';
import { knownCampaign } from '../campaigns/campaigns.ts';
import { personOf } from '../campaigns/triggers.ts';
import { batchStep } from '../campaigns/webhook.ts';
import { knownLead } from '../leads/change.ts';
import type { PageTokens } from '../page-tokens.ts';
import type { Desk } from '../routes.ts';
import { act } from './activity.ts';
import { changeRecord } from './records.ts';
import { type Change, changeSchema } from './schema.ts';

/** Who works in this instance. */
const user = 'marketer@example.com';
/** Faults are the clients' to meet. */
const healthyControl = createControl();

/** Makes changes as somebody in the instance would, and tells what the activity log says of them. */
export function createChange(desk: Desk, onWrite: (entry: Logged) => void, tokens: PageTokens) {
  return (body: unknown): object => {
    const change = changeSchema.parse(body);
    const logged: Logged[] = [];
    const activities = createActivityLog(desk.reader, {
      author: { user, isApi: false },
      now: desk.now,
      onWrite: (entry) => {
        logged.push(entry);
        onWrite(entry);
      },
    });
    const { result = [] } = make({ ...desk, activities, control: healthyControl, nativeCrm: false }, change, tokens);
    return {
      result,
      activities: logged.map(({ id, leadId, typeId, at }) => ({
        id,
        leadId,
        activityTypeId: typeId,
        activityDate: at,
      })),
    };
  };
}

function make(desk: Desk, change: Change, tokens: PageTokens): Answer {
  switch (change.type) {
    case 'FORGET':
      tokens.forget();
      return {};
    case 'FAIL':
      desk.exports.fail(change.exportId);
      return {};
    case 'RUN':
      return run(desk, change.campaignId, change.leadIds);
    case 'ACTIVITY':
      return act(desk, change);
    case 'MEMBER': {
      const { type: _, ...fields } = change;
      return changeRecord(desk, { type: 'UPDATE', object: 'member', fields });
    }
    default:
      return changeRecord(desk, change);
  }
}

/** Runs a campaign for some people. Its webhook is called one by one, so a batch is told that it cannot. */
function run({ reader, webhook, now }: Desk, campaignId: number, leadIds: number[]): Answer {
  const { name, type } = knownCampaign(reader, String(campaignId));
  for (const leadId of leadIds) knownLead(reader, leadId);
  for (const leadId of leadIds) {
    const notice = { campaign: { id: campaignId, name: String(name) }, lead: personOf(reader, leadId), tokens: {} };
    if (type === 'batch') webhook.note(notice, { response: '', error: batchStep });
    else webhook.call(notice);
  }
  if (type === 'batch') reader.update('mk_campaign', { run_at: instantOf(now()) }, 'id = ?', campaignId);
  return { result: [{ id: campaignId }] };
}
