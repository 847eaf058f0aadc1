import type { Answer } from '../answers.ts';
import { Refusal, settle } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
import { joinProgram, programNamed } from '../programs/membership.ts';
import type { Desk, Route } from '../routes.ts';
import type { Action, Manner } from './write.ts';
import { actions, readLookup, writeLead } from './write.ts';

export const leadSyncRoutes: readonly Route[] = [
  { method: 'POST', path: '/rest/v1/leads.json', operation: 'leads:sync', answer: sync },
  { method: 'POST', path: '/rest/v1/leads/push.json', operation: 'leads:push', answer: push },
];

function sync(desk: Desk, parameters: Parameters): Answer {
  const manner = readManner(parameters);
  checkPartition(parameters);
  return { result: parameters.records().map((record) => settle(desk, {}, () => writeLead(desk, record, manner))) };
}

function readManner(parameters: Parameters): Manner {
  const action = (parameters.text('action') ?? 'createOrUpdate') as Action;
  if (!actions.includes(action)) throw new Refusal('1003', `Invalid value '${action}' for action`);
  const lookupField = readLookup(parameters.text('lookupField') ?? 'email');
  if (lookupField.name === 'id' && action !== 'updateOnly' && action !== 'createOrUpdate') {
    throw new Refusal('1003', `Lookup field 'id' cannot be used with action '${action}'`);
  }
  return { action, lookupField, method: 'syncLead' };
}

/** This instance has one partition. */
function checkPartition(parameters: Parameters) {
  const partition = parameters.text('partitionName');
  if (partition !== undefined && partition !== 'Default') {
    throw new Refusal('1008', `Access denied to partition '${partition}'`);
  }
}

/** Writes people as a form would, and makes them members of a program. */
function push(desk: Desk, parameters: Parameters): Answer {
  const { reader, activities } = desk;
  const program = programNamed(reader, parameters.required('programName'));
  const status = parameters.text('programStatus') ?? program.steps[0] ?? '';
  if (!program.steps.includes(status)) throw new Refusal('1025', `Program status '${status}' not found`);
  checkPartition(parameters);
  const method = 'pushLeadToMarketo';
  const manner: Manner = {
    action: 'createOrUpdate',
    lookupField: readLookup(parameters.text('lookupField') ?? 'email'),
    method,
  };
  const attributes = { Reason: parameters.text('reason') ?? null, Source: parameters.text('source') ?? null };

  const result = parameters.records().map((record) =>
    settle(desk, {}, () => {
      const written = writeLead(desk, record, manner);
      activities.write({ leadId: written.id, typeId: 145, primary: [program.id, program.name], attributes }, method);
      joinProgram(desk, program, written.id, status, method);
      return written;
    }),
  );
  return { result };
}
