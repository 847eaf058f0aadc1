import { instantOf, Refusal } from '../answers.ts';
import { chooseFields, chooseFilter } from '../fields.ts';
import type { Desk } from '../routes.ts';
import type { Value } from '../rows.ts';
import { toColumn } from '../values.ts';
import type { LeadField } from './fields.ts';
import { leadFields } from './fields.ts';

export const actions = ['createOnly', 'updateOnly', 'createOrUpdate', 'createDuplicate'] as const;
export type Action = (typeof actions)[number];

/** How a batch finds the people it writes, and in whose name. */
export interface Manner {
  action: Action;
  lookupField: LeadField;
  /** The API method, as the activity log names it. */
  method: string;
}

export interface Written {
  id: number;
  status: 'created' | 'updated';
}

/** The field that people are matched by. @throws Refusal when it cannot be searched */
export function readLookup(name: string): LeadField {
  return chooseFilter(leadFields, name);
}

/** Creates or changes one person. @throws Refusal with the reason why it is skipped */
export function writeLead(
  desk: Desk,
  record: Record<string, unknown>,
  { action, lookupField, method }: Manner,
): Written {
  const changes = readChanges(desk, record, lookupField);
  const found = action === 'createDuplicate' ? [] : match(desk, lookupField, record[lookupField.name]);
  if (found.length > 1) throw new Refusal('1007', 'Multiple lead match lookup criteria');
  const [id] = found;
  if (id !== undefined) {
    if (action === 'createOnly') throw new Refusal('1005', 'Lead already exists');
    update(desk, id, changes, method);
    return { id, status: 'updated' };
  }
  // A key that is Marketo's or the CRM's to give: nobody can be created by it.
  if (action === 'updateOnly' || !lookupField.column) throw new Refusal('1004', 'Lead not found');
  const created = create(desk, changes, method);
  desk.overlap.created(created);
  return { id: created, status: 'created' };
}

interface Change {
  field: LeadField;
  column: string;
  value: Value;
}

function readChanges({ reader }: Desk, record: Record<string, unknown>, lookupField: LeadField): Change[] {
  const isKey = (name: string) => name === 'id' || (name === lookupField.name && !lookupField.column);
  const names = Object.keys(record).filter((name) => !isKey(name));
  return chooseFields(leadFields, names, []).map((field) => {
    if (!field.column) throw new Refusal('1003', `Field '${field.name}' is read-only`);
    const value = toColumn(field, record[field.name]);
    if (field.name === 'externalCompanyId' && value !== null) {
      const known = reader.all('SELECT 1 FROM mk_company WHERE external_id = ?', value);
      if (known.length === 0) throw new Refusal('1013', `Company '${value}' not found`);
    }
    return { field, column: field.column, value };
  });
}

function match({ reader, overlap }: Desk, field: LeadField, value: unknown): number[] {
  if (value == null || value === '') throw new Refusal('1003', `Value for lookup field '${field.name}' not specified`);
  const wanted = toColumn(field, value);
  const where = field.dataType === 'email' ? 'lower(l.email) = lower(?)' : `${field.sql} = ?`;
  const found = reader.all(`SELECT l.id FROM mk_lead l WHERE ${where} LIMIT 20`, wanted).map((row) => Number(row.id));
  return found.filter((id) => !overlap.overlooks(id));
}

function create({ reader, activities, now }: Desk, changes: Change[], method: string): number {
  const id = reader.nextId('mk_lead');
  const at = instantOf(now());
  const values = Object.fromEntries(changes.map(({ column, value }) => [column, value]));
  reader.insert('mk_lead', { unsubscribed: 0, ...values, id, created_at: at, updated_at: at });
  const email = typeof values.email === 'string' ? values.email : null;
  const attributes = { 'Source Type': activities.source };
  activities.write({ leadId: id, typeId: 12, primary: [id, email], attributes }, method);
  return id;
}

function update({ reader, activities, now }: Desk, id: number, changes: Change[], method: string) {
  const [before = {}] = reader.all('SELECT * FROM mk_lead WHERE id = ?', id);
  const linked = before.external_company_id !== null;
  const changed = changes.filter(({ column, value }) => before[column] !== value);
  if (linked && changed.some(({ field }) => field.ofCompany)) {
    throw new Refusal('1021', 'Company update not allowed');
  }
  if (changed.length === 0) return;
  const values = Object.fromEntries(changed.map(({ column, value }) => [column, value]));
  reader.update('mk_lead', { ...values, updated_at: instantOf(now()) }, 'id = ?', id);
  for (const { field, column, value } of changed)
    logChange(activities, id, field, before[column] ?? null, value, method);
}

const text = (field: LeadField, value: unknown) =>
  field.boolean && value != null ? String(value === 1) : value == null ? null : String(value);

function logChange(
  activities: Desk['activities'],
  leadId: number,
  field: LeadField,
  before: unknown,
  after: Value,
  method: string,
) {
  const primary = [field.id, field.name] as const;
  const attributes = {
    'New Value': text(field, after),
    'Old Value': text(field, before),
    Reason: activities.reason(method),
    Source: activities.source,
  };
  activities.write({ leadId, typeId: 13, primary, attributes }, method);
  if (field.dataType !== 'score') return;
  const step = Number(after ?? 0) - Number(before ?? 0);
  const score = {
    'Change Value': step > 0 ? `+${step}` : String(step),
    'New Value': after,
    'Old Value': before,
    Reason: attributes.Reason,
  };
  activities.write({ leadId, typeId: 22, primary, attributes: score }, method);
}
