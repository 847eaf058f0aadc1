import { randomUUID } from 'node:crypto';
import type { World } from '../../world/world.ts';
import type { RecordStore } from '../writing/store.ts';
import type { WritableType } from '../writing/types.ts';
import type { Amounts } from './amounts.ts';
import { createAmountReader, noAmounts } from './amounts.ts';

/** What the user event script tells of one save. Record types are spelled as in REST paths. */
export interface RecordEvent {
  eventId: string;
  account: string;
  recordType: string;
  recordId: string;
  operation: 'CREATE' | 'UPDATE' | 'DELETE';
  occurredAt: string;
  /** Grows with every save in the account: of two events of a record the one with the higher version is the later. */
  version: number;
  amounts: { before: Amounts; after: Amounts };
}

/** The records that the script is deployed on: what posts to the ledger, sales orders and customers. */
const observed = new Set(['invoice', 'creditMemo', 'customerPayment', 'salesOrder', 'customer']);

interface Script {
  account: string;
  now: () => number;
  /** Called after the save is whole. */
  emit(event: RecordEvent): void;
}

/** A store that runs the script after each save, whoever saved; a save that fails has no event. */
export function observeStore(store: RecordStore, { db, today }: World, { account, now, emit }: Script): RecordStore {
  const read = createAmountReader(db, today);
  let version = 0;

  const tell = (
    type: WritableType,
    id: number,
    operation: RecordEvent['operation'],
    before: Amounts,
    after: Amounts,
  ) => {
    if (!observed.has(type.name)) return;
    // The clock, so that versions go on growing after a restart, and one more where it stands still.
    version = Math.max(version + 1, now());
    emit({
      eventId: randomUUID(),
      account,
      recordType: type.name,
      recordId: String(id),
      operation,
      occurredAt: new Date(now()).toISOString(),
      version,
      amounts: { before, after },
    });
  };
  const created = (type: WritableType, id: number) => {
    tell(type, id, 'CREATE', noAmounts, read(type, id));
    return id;
  };

  return {
    ...store,
    add: (type, draft) => created(type, store.add(type, draft)),
    transform: (source, id, target, changes) => created(target, store.transform(source, id, target, changes)),
    update(type, id, draft) {
      const before = read(type, id);
      store.update(type, id, draft);
      tell(type, id, 'UPDATE', before, read(type, id));
    },
    remove(type, id) {
      const before = read(type, id);
      store.remove(type, id);
      tell(type, id, 'DELETE', before, noAmounts);
    },
  };
}
