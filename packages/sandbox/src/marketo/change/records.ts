import { type Answer, instantOf, Refusal } from '../answers.ts';
import { knownLead } from '../leads/change.ts';
import { parametersOf, readInteger } from '../parameters.ts';
import { knownProgram } from '../programs/membership.ts';
import { findRoutes } from '../route-table.ts';
import type { Desk } from '../routes.ts';
import type { RecordChange } from './schema.ts';

type Kind = RecordChange['object'];
type Act = (desk: Desk, fields: Record<string, unknown>, id: string) => Answer;

/** Does what a call of the API would do, at the desk of whoever does it. */
function perform(desk: Desk, path: string, body: object): Answer {
  const found = findRoutes(path);
  const route = found?.byMethod.get('POST');
  if (!found || !route) throw new Refusal('610', 'Requested resource not found');
  const answer = route.answer(desk, parametersOf({ ...body }), found.id);
  const [first] = (answer.result ?? []) as { reasons?: { code: string; message: string }[] }[];
  const [reason] = first?.reasons ?? [];
  if (reason) throw new Refusal(reason.code, reason.message);
  return answer;
}

const leads = '/rest/v1/leads';
const opportunities = '/rest/v1/opportunities';
const programs = '/rest/asset/v1/program';
const membersOf = (fields: Record<string, unknown>) => `/rest/v1/programs/${fields.programId}/members`;

const setStatus: Act = (desk, fields) =>
  perform(desk, `${membersOf(fields)}/status.json`, {
    statusName: fields.status ?? fields.statusName,
    input: [{ leadId: fields.leadId }],
  });

const acts: Record<Kind, Record<RecordChange['type'], Act>> = {
  lead: {
    CREATE: (desk, fields) => perform(desk, `${leads}.json`, { action: 'createDuplicate', input: [fields] }),
    UPDATE: (desk, fields, id) =>
      perform(desk, `${leads}.json`, { action: 'updateOnly', lookupField: 'id', input: [{ ...fields, id }] }),
    DELETE: (desk, _, id) => perform(desk, `${leads}/delete.json`, { id }),
  },
  opportunity: {
    CREATE: (desk, fields, id) => syncDeal(desk, 'createOnly', fields, id),
    UPDATE: (desk, fields, id) => syncDeal(desk, 'updateOnly', fields, id),
    DELETE: (desk, _, id) => perform(desk, `${opportunities}/delete.json`, { input: [{ externalOpportunityId: id }] }),
  },
  role: {
    CREATE: (desk, fields) => perform(desk, `${opportunities}/roles.json`, { action: 'createOnly', input: [fields] }),
    UPDATE: (desk, fields) => perform(desk, `${opportunities}/roles.json`, { action: 'updateOnly', input: [fields] }),
    DELETE: (desk, fields) => perform(desk, `${opportunities}/roles/delete.json`, { input: [fields] }),
  },
  program: {
    CREATE: (desk, fields) => perform(desk, `${programs}s.json`, fields),
    UPDATE: (desk, fields, id) => perform(desk, `${programs}/${id}.json`, fields),
    DELETE: (desk, _, id) => perform(desk, `${programs}/${id}/delete.json`, {}),
  },
  member: { CREATE: setStatus, UPDATE: setStatus, DELETE: leaveProgram },
};

function syncDeal(desk: Desk, action: string, fields: Record<string, unknown>, id: string): Answer {
  const key = id === '' ? {} : { externalOpportunityId: id };
  return perform(desk, `${opportunities}.json`, { action, input: [{ ...fields, ...key }] });
}

/** Whoever is taken out of a program goes to the status that all who are not in it have. */
function leaveProgram(desk: Desk, fields: Record<string, unknown>): Answer {
  const { reader, activities, now } = desk;
  const program = knownProgram(reader, String(fields.programId));
  const leadId = readInteger(String(fields.leadId));
  knownLead(reader, leadId);
  const [member] = reader.all(
    'SELECT id, status FROM mk_member WHERE program_id = ? AND lead_id = ?',
    program.id,
    leadId,
  );
  if (!member) throw new Refusal('1013', 'Membership not found');
  reader.run('DELETE FROM mk_member WHERE id = ?', Number(member.id));
  reader.update('mk_lead', { updated_at: instantOf(now()) }, 'id = ?', leadId);
  const attributes = {
    'Old Status': member.status,
    'New Status': 'Not in Program',
    Success: false,
    'Program Member ID': member.id,
    Reason: activities.reason('leaveProgram'),
  };
  activities.write({ leadId, typeId: 104, primary: [program.id, program.name], attributes }, 'leaveProgram');
  return { result: [{ leadId, status: 'deleted' }] };
}

/** Creates, changes or deletes one record. @throws Refusal when Marketo would not let its user do so */
export function changeRecord(desk: Desk, { type, object, id, fields }: RecordChange): Answer {
  const needsId = object !== 'member' && object !== 'role' && type !== 'CREATE';
  if (needsId && id === undefined) throw new Refusal('1002', "Missing value for required parameter 'id'");
  return acts[object][type](desk, fields, String(id ?? ''));
}
