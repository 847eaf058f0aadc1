import type { Channel } from '../../world/programs.ts';
import { channels } from '../../world/programs.ts';
import { instantOf, Refusal } from '../answers.ts';
import { readInteger } from '../parameters.ts';
import type { Desk } from '../routes.ts';
import type { Reader } from '../rows.ts';

/** A program as its members see it: its statuses, the last of which is the success. */
export interface Program {
  id: number;
  name: string;
  steps: readonly string[];
  success: string;
}

function toProgram(row: Record<string, unknown>): Program {
  const { steps, success } = channels[row.channel as Channel];
  return { id: Number(row.id), name: String(row.name), steps: [...steps, success], success };
}

/** @throws Refusal when the instance has no such program. */
export function knownProgram(reader: Reader, id: string): Program {
  const [row] = reader.all('SELECT id, name, channel FROM mk_program WHERE id = ?', readInteger(id));
  if (!row) throw new Refusal('1013', 'Program not found');
  return toProgram(row);
}

/** @throws Refusal when the instance has no program of that name. */
export function programNamed(reader: Reader, name: string): Program {
  const [row] = reader.all('SELECT id, name, channel FROM mk_program WHERE name = ?', name);
  if (!row) throw new Refusal('1013', `Program '${name}' not found`);
  return toProgram(row);
}

/** The statuses of a program have ids of their own. */
const statusId = ({ id, steps }: Program, status: string) => id * 100 + steps.indexOf(status) + 1;

/**
 * Puts a person into a program or moves them on in it; nothing happens to one who is as far already.
 * @returns what happened, or null
 */
export function joinProgram(
  { reader, activities, now }: Desk,
  program: Program,
  leadId: number,
  status: string,
  method: string,
): 'created' | 'updated' | null {
  const [member] = reader.all('SELECT * FROM mk_member WHERE program_id = ? AND lead_id = ?', program.id, leadId);
  const before = member ? String(member.status) : null;
  if (before !== null && program.steps.indexOf(status) <= program.steps.indexOf(before)) return null;
  const at = instantOf(now());
  const success = status === program.success;
  const memberId = member ? Number(member.id) : reader.nextId('mk_member');
  const reached = success ? { reached_success: 1, reached_success_at: at } : {};
  if (member) reader.update('mk_member', { status, ...reached, updated_at: at }, 'id = ?', memberId);
  else {
    const row = { id: memberId, program_id: program.id, lead_id: leadId, status, joined_at: at, updated_at: at };
    reader.insert('mk_member', { ...row, reached_success: 0, reached_success_at: null, acquired_by: 0, ...reached });
    // This instance has a flow that stamps the program a person joined last.
    const stamp = { last_program_id: program.id, last_program_name: program.name, updated_at: at };
    reader.update('mk_lead', stamp, 'id = ?', leadId);
  }
  const attributes = {
    'Old Status': before ?? 'Not in Program',
    'New Status': status,
    ...(before !== null && { 'Old Status ID': statusId(program, before) }),
    'New Status ID': statusId(program, status),
    Success: success,
    'Acquired By': member?.acquired_by === 1,
    'Program Member ID': memberId,
    Reason: activities.reason(method),
  };
  activities.write({ leadId, typeId: 104, primary: [program.id, program.name], attributes }, method);
  return member ? 'updated' : 'created';
}
