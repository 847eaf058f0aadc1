/** An object as it is written down; `objects.ts` makes it ready for use. */
export interface Definition {
  name: string;
  /** @default the name with an s */
  plural?: string;
  /** The first three characters of its ids. */
  prefix: string;
  table?: string;
  /** A select in brackets, for an object without a table. */
  from?: string;
  fields: string;
  /** Has none of the fields that records of business have in common. */
  bare?: boolean;
  /** Nobody owns its records. */
  ownerless?: boolean;
  readOnly?: boolean;
  /** Its changes are not published. */
  quiet?: boolean;
}
