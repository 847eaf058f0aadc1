import { SalesforceError } from '../errors.ts';
import { unableToLock } from '../records/locks.ts';

/** Lets one record, or one request, of many fail by itself when the sandbox is told to. */
export interface PartialFailure {
  /** @throws {SalesforceError} as a writer does who is not alone, or whose record an org's own rule refuses */
  write(id?: string): void;
  /** @throws {SalesforceError} as a read does that takes too long */
  read(): void;
}

export function createPartial(fails: () => boolean): PartialFailure {
  return {
    write(id) {
      if (!fails()) return;
      if (id !== undefined) throw unableToLock(id);
      const message = 'This record does not meet a rule of this organization';
      throw new SalesforceError(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, []);
    },
    read() {
      if (fails()) throw new SalesforceError(400, 'QUERY_TIMEOUT', 'Your query request was running for too long.');
    },
  };
}

/** For one request of several: the record that a write locks is the last part of its path. */
export function failPartly(partial: PartialFailure, method: string, path: string) {
  if (/^(GET|HEAD)$/i.test(method)) partial.read();
  else partial.write(/\/([a-zA-Z0-9]{18})(?:\?|$)/.exec(path)?.[1]);
}
