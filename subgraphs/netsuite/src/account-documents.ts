import type { AccountDocuments, ErpInvoice, ErpOrder } from './model.ts';

interface Owner {
  internalId: string;
  accountId: string;
}

/** Documents by the account that their customers claim; an owner may come once for each of its documents. */
export function byAccount(owners: readonly Owner[], documents: readonly (ErpInvoice | ErpOrder)[]): AccountDocuments[] {
  const claims = Map.groupBy(owners, ({ accountId }) => accountId);
  const found = Map.groupBy(documents, ({ accountId }) => accountId);
  return [...claims].map(([accountId, claiming]) => ({
    accountId,
    candidates: new Set(claiming.map(({ internalId }) => internalId)).size,
    documents: found.get(accountId) ?? [],
  }));
}
