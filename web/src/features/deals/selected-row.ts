import type { DealRow } from './deal-row.ts';

/** The row of the open customer: the one that was clicked, or else the customer's first. */
export function selectedRow(rows: readonly DealRow[], account: string | null, deal: string | null): string | null {
  if (account === null) return null;
  // An address may carry the short form of the id, which is the long one without its check letters.
  const own = rows.filter(({ accountId }) => accountId?.startsWith(account));
  return (own.find(({ id }) => id === deal) ?? own[0])?.id ?? null;
}
