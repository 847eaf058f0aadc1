/** A customer before any of its fields is read: the id that the caller gave. */
export interface ProfileParent {
  accountId: string;
}

/** A deal as the gateway hands it over; the account is there when a field requires it. */
export interface DealParent {
  opportunityId: string;
  accountId?: string | null;
}

/** A group whose fields each fetch for themselves. */
export type EmptyParent = Record<string, never>;
