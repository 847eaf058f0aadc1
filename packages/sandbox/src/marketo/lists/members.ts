import type { Answer } from '../answers.ts';
import { Refusal, settle } from '../answers.ts';
import { knownLead, readIds } from '../leads/change.ts';
import { askedFields } from '../leads/read.ts';
import { page, pageSize, readCursor } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import { readInteger } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import type { Reader } from '../rows.ts';
import { toRecord } from '../rows.ts';
import { knownList } from './lists.ts';

export const listMemberRoutes: readonly Route[] = [
  { path: '/rest/v1/list/{id}/leads.json', operation: 'list:leads', answer: people },
  { path: '/rest/v1/lists/{id}/leads.json', operation: 'list:leads', answer: people },
  { path: '/rest/v1/lists/{id}/leads/ismember.json', operation: 'list:ismember', answer: isMember },
  { method: 'POST', path: '/rest/v1/lists/{id}/leads.json', operation: 'list:add', answer: add },
  { method: 'DELETE', path: '/rest/v1/lists/{id}/leads.json', operation: 'list:remove', answer: remove },
  { path: '/rest/v1/leads/{id}/listMembership.json', operation: 'lead:lists', answer: listsOfLead },
];

function people({ reader, control }: Desk, parameters: Parameters, id: string): Answer {
  const list = knownList(reader, id);
  const fields = askedFields(parameters);
  const size = pageSize(parameters);
  const found = reader.select({
    from: 'mk_list_member i JOIN mk_lead l ON l.id = i.lead_id',
    cursor: 'i.lead_id',
    fields,
    where: 'i.list_id = ? AND i.lead_id > ?',
    values: [list.id, readCursor(parameters.text('nextPageToken'))],
    limit: size + 1,
  });
  const { rows, next } = page(found, size);
  const result = control.scramble(rows).map((row) => toRecord(row, fields));
  return next ? { result, nextPageToken: next } : { result };
}

const listed = (reader: Reader, listId: number, leadId: number) =>
  reader.all('SELECT 1 FROM mk_list_member WHERE list_id = ? AND lead_id = ?', listId, leadId).length > 0;

function isMember(desk: Desk, parameters: Parameters, id: string): Answer {
  const { reader } = desk;
  const list = knownList(reader, id);
  const result = readIds(parameters).map((leadId) =>
    settle(desk, { id: leadId }, () => {
      knownLead(reader, leadId);
      return { status: listed(reader, list.id, leadId) ? 'memberof' : 'notmemberof' };
    }),
  );
  return { result };
}

function add(desk: Desk, parameters: Parameters, id: string): Answer {
  const { reader, activities } = desk;
  const list = knownList(reader, id);
  const result = readIds(parameters).map((leadId) =>
    settle(desk, { id: leadId }, () => {
      knownLead(reader, leadId);
      if (!listed(reader, list.id, leadId)) {
        reader.insert('mk_list_member', { list_id: list.id, lead_id: leadId });
        const primary = [list.id, list.name] as const;
        activities.write({ leadId, typeId: 24, primary, attributes: { Source: activities.source } }, 'addLeadsToList');
      }
      return { status: 'added' };
    }),
  );
  return { result };
}

function remove(desk: Desk, parameters: Parameters, id: string): Answer {
  const { reader, activities } = desk;
  const list = knownList(reader, id);
  const result = readIds(parameters).map((leadId) =>
    settle(desk, { id: leadId }, () => {
      knownLead(reader, leadId);
      if (!listed(reader, list.id, leadId)) throw new Refusal('1015', 'Lead not in list');
      reader.run('DELETE FROM mk_list_member WHERE list_id = ? AND lead_id = ?', list.id, leadId);
      const primary = [list.id, list.name] as const;
      activities.write(
        { leadId, typeId: 25, primary, attributes: { Source: activities.source } },
        'removeLeadsFromList',
      );
      return { status: 'removed' };
    }),
  );
  return { result };
}

function listsOfLead({ reader }: Desk, parameters: Parameters, id: string): Answer {
  const leadId = readInteger(id);
  knownLead(reader, leadId);
  const size = pageSize(parameters);
  const found = reader.all(
    `SELECT s.id AS cursor, s.created_at, s.updated_at FROM mk_list_member i JOIN mk_list s ON s.id = i.list_id
     WHERE i.lead_id = ? AND s.id > ? ORDER BY s.id LIMIT ?`,
    leadId,
    readCursor(parameters.text('nextPageToken')),
    size + 1,
  );
  const { rows, next } = page(found as { cursor: number; created_at: string; updated_at: string }[], size);
  const result = rows.map((row) => ({ listId: row.cursor, createdAt: row.created_at, updatedAt: row.updated_at }));
  return next ? { result, nextPageToken: next, moreResult: true } : { result, moreResult: false };
}
