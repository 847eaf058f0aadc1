import type { Answer } from '../answers.ts';
import { Refusal, settle } from '../answers.ts';
import { knownLead } from '../leads/change.ts';
import type { Parameters } from '../parameters.ts';
import { readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import type { Program } from './membership.ts';
import { joinProgram, knownProgram } from './membership.ts';

export const memberStatusRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/rest/v1/programs/{id}/members/status.json',
    operation: 'members:status',
    answer: setStatus,
  },
  {
    method: 'POST',
    path: '/rest/v1/leads/programs/{id}/status.json',
    operation: 'members:status',
    answer: changeStatus,
  },
  { method: 'POST', path: '/rest/v1/programs/{id}/members/delete.json', operation: 'members:delete', answer: remove },
];

const method = 'syncProgramMemberStatus';

function known(program: Program, status: string): string {
  const found = program.steps.find((step) => step.toLowerCase() === status.toLowerCase());
  if (!found) throw new Refusal('1025', `Program status '${status}' not found`);
  return found;
}

function setStatus(desk: Desk, parameters: Parameters, id: string): Answer {
  const program = knownProgram(desk.reader, id);
  const status = known(program, parameters.required('statusName'));
  const result = parameters.records().map((record, seq) => {
    const leadId = readInteger(String(record.leadId ?? ''));
    return settle(desk, { seq, leadId }, () => ({ status: move(desk, program, leadId, status) }));
  });
  return { result };
}

/** The older call for the same, which numbers no records. */
function changeStatus(desk: Desk, parameters: Parameters, id: string): Answer {
  const program = knownProgram(desk.reader, id);
  const status = known(program, parameters.required('status'));
  const result = parameters.records().map((record) => {
    const leadId = readInteger(String(record.id ?? ''));
    return settle(desk, { id: leadId }, () => ({ status: move(desk, program, leadId, status) }));
  });
  return { result };
}

function move(desk: Desk, program: Program, leadId: number, status: string): 'created' | 'updated' {
  knownLead(desk.reader, leadId);
  const moved = joinProgram(desk, program, leadId, status, method);
  if (!moved) throw new Refusal('1037', 'Lead skipped because it is already in or past this status');
  return moved;
}

function remove(desk: Desk, parameters: Parameters, id: string): Answer {
  const { reader } = desk;
  const program = knownProgram(reader, id);
  const result = parameters.records().map((record, seq) => {
    const leadId = readInteger(String(record.leadId ?? ''));
    return settle(desk, { seq, leadId }, () => {
      const found = reader.all('SELECT id FROM mk_member WHERE program_id = ? AND lead_id = ?', program.id, leadId);
      if (found.length === 0) throw new Refusal('1013', 'Membership not found');
      reader.run('DELETE FROM mk_member WHERE program_id = ? AND lead_id = ?', program.id, leadId);
      return { status: 'deleted' };
    });
  });
  return { result };
}
