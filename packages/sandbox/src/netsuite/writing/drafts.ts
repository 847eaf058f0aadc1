/** A reference as a client writes it: by one of the two ids. */
export interface Reference {
  id?: string;
  externalId?: string;
}

export type DraftValue = string | number | boolean | null | Reference;

/** One record as a client wants it. A field that is left out stays as it is; null empties it. */
export interface Draft {
  fields: Record<string, DraftValue>;
  /** Item lines; on an update they are added to those that are there, or take their place. */
  items?: Record<string, DraftValue>[];
  replaceItems?: boolean;
  /** What a payment or a credit memo pays. */
  applies?: Record<string, DraftValue>[];
  /** A body field whose value cannot be is left out, not refused. */
  lenient?: boolean;
}

export const isReference = (value: DraftValue | undefined): value is Reference =>
  typeof value === 'object' && value !== null;
