import type { Loader } from '@customer360/kit/loader';
import { createBatchLoader } from '@customer360/kit/loader';
import type { AccountDocuments, DocumentsWanted, ErpInvoice, ErpOrder, NetSuiteClient } from './model.ts';

export type DocumentWant = 'open' | 'paid' | 'all' | 'orders';

interface Key {
  accountId: string;
  want: DocumentWant;
}

export interface Documents {
  /** How many ERP customers carry the account id. */
  candidates: number;
  /** At least the invoices that were wanted. */
  invoices: ErpInvoice[];
  orders: ErpOrder[];
}

const noDocuments: Documents = { candidates: 0, invoices: [], orders: [] };

/** One call for all that a turn wants of all accounts, no wider than what somebody asked for. */
export function createDocumentLoader(client: NetSuiteClient): Loader<Key, Documents> {
  return createBatchLoader(
    async (keys: readonly Key[]) => {
      const accountIds = [...new Set(keys.map(({ accountId }) => accountId))];
      const found = await client.documents(accountIds, widest(keys.map(({ want }) => want)));
      const byAccount = new Map(found.map((account) => [account.accountId, sortOut(account)]));
      return keys.map(({ accountId }) => byAccount.get(accountId) ?? noDocuments);
    },
    { cacheKeyFn: ({ accountId, want }) => `${want}:${accountId}` },
  );
}

/** The narrowest reading that satisfies every asker. */
export function widest(wants: readonly DocumentWant[]): DocumentsWanted {
  const invoices = [...new Set(wants)].filter((want) => want !== 'orders');
  return {
    invoices: invoices.length > 1 ? 'all' : (invoices[0] ?? 'none'),
    orders: wants.includes('orders'),
  };
}

function sortOut({ candidates, documents }: AccountDocuments): Documents {
  return {
    candidates,
    invoices: documents.filter((document) => document.kind === 'invoice'),
    orders: documents.filter((document) => document.kind === 'order'),
  };
}
