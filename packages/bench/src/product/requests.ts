import { readOperation } from '@customer360/testing/operations';
import { ask } from '../compare.ts';

/** The page's own operations, as bodies of requests. */
export interface ProductRequests {
  rail: string[];
  table: string[];
  dashboard: string[];
}

/** For as many customers as there are among the open deals of the graph at `url`. */
export async function readRequests(url: string): Promise<ProductRequests> {
  const list = { query: '{ opportunities(isClosed: false, first: 200) { accountId } }' };
  const { data } = JSON.parse(await ask(url, JSON.stringify(list)));
  const deals = data.opportunities as { accountId: string | null }[];
  const accounts = new Set(deals.flatMap(({ accountId }) => accountId ?? []));
  const body = (name: string, variables: object) => JSON.stringify({ query: readOperation(name), variables });
  return {
    rail: [...accounts].map((accountId) => body('rail', { accountId })),
    table: [body('table', { first: 50 })],
    dashboard: [body('dashboard', {})],
  };
}

/** A day's mix: somebody looks at eight customers, opens the table once and the dashboard once. */
export function mixOf({ rail, table, dashboard }: ProductRequests): string[] {
  return rail.flatMap((body, index) => (index % 8 === 7 ? [body, ...table, ...dashboard] : [body]));
}
