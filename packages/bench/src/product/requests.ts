import { readOperation } from '@customer360/testing/operations';
import { ask } from '../compare.ts';

/** The page's own operations, as bodies of requests. */
export interface ProductRequests {
  rail: string[];
  table: string[];
  dashboard: string[];
}

const bodyOf = (name: string, variables: object) => JSON.stringify({ query: readOperation(name), variables });

export const dashboardRequest = bodyOf('dashboard', {});

/** For as many customers as there are among the open deals of the graph at `url`. */
export async function readRequests(url: string): Promise<ProductRequests> {
  const list = { query: '{ opportunities(isClosed: false, first: 200) { accountId } }' };
  const { data } = JSON.parse(await ask(url, JSON.stringify(list)));
  const deals = data.opportunities as { accountId: string | null }[];
  const accounts = new Set(deals.flatMap(({ accountId }) => accountId ?? []));
  return {
    rail: [...accounts].map((accountId) => bodyOf('rail', { accountId })),
    table: [bodyOf('table', { first: 50 })],
    dashboard: [dashboardRequest],
  };
}

/** A day's mix: somebody looks at eight customers, opens the table once and the dashboard once. */
export function mixOf({ rail, table, dashboard }: ProductRequests): string[] {
  return rail.flatMap((body, index) => (index % 8 === 7 ? [body, ...table, ...dashboard] : [body]));
}

/** So few that a cache has them all before they are counted. */
export const someOf = ({ rail, table, dashboard }: ProductRequests) => [...rail.slice(0, 4), ...table, ...dashboard];
