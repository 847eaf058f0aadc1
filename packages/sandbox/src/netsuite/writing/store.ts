import type { World } from '../../world/world.ts';
import { createBookkeeping } from './bookkeeping.ts';
import type { Draft, Reference } from './drafts.ts';
import { addEntity, refuseUsedEntity, updateEntity } from './entities.ts';
import { noSuchRecord } from './problems.ts';
import type { Row } from './rows.ts';
import { insertRow } from './rows.ts';
import { addTransaction, refuseUsedTransaction, updateTransaction } from './transactions.ts';
import { closeSource, draftFrom } from './transforms.ts';
import type { WritableType } from './types.ts';

/** Writes of every protocol go through here, into the world's own tables. Each is whole or not at all. */
export interface RecordStore {
  /** The internal id of a record, or null. */
  find(type: WritableType, reference: Reference): number | null;
  externalIdOf(type: WritableType, id: number): string | null;
  /** @throws {RecordProblem} as every write does */
  add(type: WritableType, draft: Draft): number;
  update(type: WritableType, id: number, draft: Draft): void;
  remove(type: WritableType, id: number): void;
  /** Makes a record from another, with changes. */
  transform(source: WritableType, id: number, target: WritableType, changes: Draft): number;
  /** Shows what a transform would make, and makes nothing. */
  preview<T>(source: WritableType, id: number, target: WritableType, show: (id: number) => T): T;
}

export function createRecordStore({ db, today }: World, now: () => number): RecordStore {
  const books = createBookkeeping(db);
  const parts = { db, books, today };
  const instant = () => new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z');

  const whole = <T>(work: () => T): T => {
    db.exec('SAVEPOINT netsuite_write');
    try {
      const done = work();
      db.exec('RELEASE netsuite_write');
      return done;
    } catch (error) {
      db.exec('ROLLBACK TO netsuite_write; RELEASE netsuite_write');
      throw error;
    }
  };
  const isEntity = ({ table }: WritableType) => table !== 'ns_transaction';
  const ofType = ({ transaction }: WritableType) => (transaction ? `AND type = '${transaction}'` : '');
  const read = (type: WritableType, id: number) =>
    db.prepare(`SELECT * FROM ${type.table} WHERE id = ? ${ofType(type)}`).get(id) as Row | undefined;
  const add = (type: WritableType, draft: Draft) =>
    isEntity(type) ? addEntity(db, type, draft, instant()) : addTransaction(parts, type, draft, instant());

  const transform = (source: WritableType, id: number, target: WritableType, changes: Draft) => {
    if (!read(source, id)) throw noSuchRecord();
    const start = draftFrom(db, source.name, id, target.name);
    const made = add(target, { ...start, ...changes, fields: { ...start.fields, ...changes.fields } });
    closeSource(db, source.name, id, target.name, instant());
    return made;
  };

  return {
    find(type, { id, externalId }) {
      const column = id === undefined ? 'external_id' : 'id';
      const sql = `SELECT id FROM ${type.table} WHERE ${column} = ? ${ofType(type)} ORDER BY id LIMIT 1`;
      const found = db.prepare(sql).get(id ?? externalId ?? '');
      return found ? Number(found.id) : null;
    },
    externalIdOf: (type, id) => (read(type, id)?.external_id as string | null | undefined) ?? null,
    add: (type, draft) => whole(() => add(type, draft)),
    update(type, id, draft) {
      if (!read(type, id)) throw noSuchRecord();
      whole(() =>
        isEntity(type)
          ? updateEntity(db, type, id, draft, instant())
          : updateTransaction(parts, type, id, draft, instant()),
      );
    },
    remove(type, id) {
      const row = read(type, id);
      if (!row) throw noSuchRecord();
      whole(() => {
        if (isEntity(type)) refuseUsedEntity(db, type, id);
        else refuseUsedTransaction(db, id);
        books.unapply(id, instant());
        for (const table of isEntity(type) ? [] : ['ns_posting', 'ns_transaction_line']) {
          db.prepare(`DELETE FROM ${table} WHERE transaction_id = ?`).run(id);
        }
        db.prepare(`DELETE FROM ${type.table} WHERE id = ?`).run(id);
        const name = String(row.entity_id ?? row.tran_id);
        insertRow(db, 'ns_deleted', {
          type: type.name,
          id,
          external_id: row.external_id ?? null,
          name,
          deleted_at: instant(),
        });
      });
    },
    transform: (source, id, target, changes) => whole(() => transform(source, id, target, changes)),
    preview(source, id, target, show) {
      db.exec('SAVEPOINT netsuite_preview');
      try {
        return show(transform(source, id, target, { fields: {} }));
      } finally {
        db.exec('ROLLBACK TO netsuite_preview; RELEASE netsuite_preview');
      }
    },
  };
}
