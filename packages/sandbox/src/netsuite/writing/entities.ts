import type { DatabaseSync } from 'node:sqlite';
import type { Draft } from './drafts.ts';
import { RecordProblem, userError } from './problems.ts';
import type { Row } from './rows.ts';
import { insertRow, nextId, readColumns, refuseTakenId, updateRow } from './rows.ts';
import type { WritableType } from './types.ts';

const labels: Record<string, string> = { customer: 'Customer', vendor: 'Vendor' };

/** Writes a new customer or vendor and gives its id. */
export function addEntity(db: DatabaseSync, type: WritableType, draft: Draft, at: string): number {
  const columns = readColumns(db, type, draft);
  const id = nextId(db, type);
  const row: Row = {
    ...columns,
    id,
    entity_id: columns.entity_id ?? `${type.numbers}${id}`,
    company_name: nameOf(columns),
    currency_id: columns.currency_id ?? 1,
    subsidiary_id: columns.subsidiary_id ?? 1,
    is_person: columns.is_person ?? 0,
    is_inactive: columns.is_inactive ?? 0,
    created_at: at,
    modified_at: at,
  };
  check(db, type, id, row);
  insertRow(db, type.table, row);
  return id;
}

export function updateEntity(db: DatabaseSync, type: WritableType, id: number, draft: Draft, at: string): void {
  const columns = readColumns(db, type, draft);
  for (const needed of ['entity_id', 'currency_id', 'subsidiary_id']) {
    if (columns[needed] === null) throw userError(`Please enter value(s) for: ${needed.replace('_id', '')}`);
  }
  const before = db.prepare(`SELECT * FROM ${type.table} WHERE id = ?`).get(id) as Row;
  check(db, type, id, columns);
  updateRow(db, type.table, id, { ...columns, company_name: nameOf({ ...before, ...columns }), modified_at: at });
}

/** A company's name, or a person's two. */
function nameOf({ company_name, is_person, first_name, last_name }: Row): string {
  if (is_person === 1 && first_name && last_name) return String(company_name ?? `${first_name} ${last_name}`);
  if (is_person === 1) throw userError('Please enter value(s) for: First Name, Last Name');
  if (!company_name) throw userError('Please enter value(s) for: Company Name', 'companyName');
  return String(company_name);
}

function check(db: DatabaseSync, type: WritableType, id: number, row: Row): void {
  const { email, entity_id } = row;
  if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(email))) {
    throw new RecordProblem('INVALID_EMAIL_ADDR', `Invalid email address '${email}'.`, 'email');
  }
  const taken = entity_id
    ? db.prepare(`SELECT id FROM ${type.table} WHERE entity_id = ? AND id <> ?`).get(entity_id, id)
    : undefined;
  if (taken && type.name === 'vendor')
    throw new RecordProblem('DUP_VENDOR_NAME', 'A vendor with this name already exists.');
  if (taken) {
    throw new RecordProblem(
      'UNIQUE_CUST_ID_REQD',
      'A customer record with this ID already exists. You must enter a unique customer ID for each record you create.',
      'entityId',
    );
  }
  refuseTakenId(db, type, id, row.external_id);
}

/** Refuses to delete what transactions point at. */
export function refuseUsedEntity(db: DatabaseSync, type: WritableType, id: number): void {
  const column = type.name === 'vendor' ? 'vendor_id' : 'customer_id';
  if (!db.prepare(`SELECT id FROM ns_transaction WHERE ${column} = ? LIMIT 1`).get(id)) return;
  const message = `This ${labels[type.name]?.toLowerCase()} cannot be deleted because it has child records.`;
  throw new RecordProblem(type.name === 'vendor' ? 'CANT_DELETE_VENDOR' : 'CANT_DELETE_CUST', message);
}
