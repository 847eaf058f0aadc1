import type { AccountDocuments, DocumentsWanted, ErpInvoice, ErpOrder, NetSuiteClient } from './model.ts';

export const documentWants = ['open', 'paid', 'all', 'orders'] as const;
export type DocumentWant = (typeof documentWants)[number];

export interface DocumentKey {
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

/** Reads what is wanted of all accounts in one call, no wider than what somebody asked for. */
export async function loadDocuments(client: NetSuiteClient, keys: readonly DocumentKey[]): Promise<Documents[]> {
  const accountIds = [...new Set(keys.map(({ accountId }) => accountId))];
  const found = await client.documents(accountIds, widest(keys.map(({ want }) => want)));
  const byAccount = new Map(found.map((account) => [account.accountId, account]));
  return keys.map(({ accountId, want }) => sortOut(byAccount.get(accountId), want));
}

/** The narrowest reading that satisfies every asker. */
export function widest(wants: readonly DocumentWant[]): DocumentsWanted {
  const invoices = [...new Set(wants)].filter((want) => want !== 'orders');
  return {
    invoices: invoices.length > 1 ? 'all' : (invoices[0] ?? 'none'),
    orders: wants.includes('orders'),
  };
}

/** What was wanted and nothing else, so that an entry is not larger than its key says. */
function sortOut(account: AccountDocuments | undefined, want: DocumentWant): Documents {
  const { candidates = 0, documents = [] } = account ?? {};
  return {
    candidates,
    invoices: want === 'orders' ? [] : documents.filter((document) => document.kind === 'invoice'),
    orders: want === 'orders' ? documents.filter((document) => document.kind === 'order') : [],
  };
}
