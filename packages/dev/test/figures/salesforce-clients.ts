import { salesforceCredentials } from '@customer360/sandbox/salesforce/credentials';
import { cents, sum } from './cents.ts';

export interface RawDeal {
  Amount: unknown;
  Probability: number;
  IsClosed: boolean;
  IsWon: boolean;
}

export interface RawAccount {
  deals: RawDeal[];
  openCases: number;
}

/** Reads the deals and open cases of an account. */
export type ReadAccount = (accountId: string) => Promise<RawAccount>;

export interface SalesforceFigures {
  openPipeline: bigint;
  /** In hundredths of a cent, so that no percent is rounded. */
  weightedPipeline: bigint;
  won: bigint;
  openCases: bigint;
}

export function salesforceFigures({ deals, openCases }: RawAccount): SalesforceFigures {
  const amount = (deal: RawDeal) => (deal.Amount === null ? 0n : cents(deal.Amount));
  const open = deals.filter(({ IsClosed }) => !IsClosed);
  return {
    openPipeline: sum(open.map(amount)),
    weightedPipeline: sum(open.map((deal) => amount(deal) * BigInt(deal.Probability))),
    won: sum(deals.filter(({ IsWon }) => IsWon).map(amount)),
    openCases: BigInt(openCases),
  };
}

type Json = Record<string, unknown>;

/** Plain calls with a token of their own. */
async function logIn(url: string) {
  const { clientId, clientSecret, refreshToken } = salesforceCredentials;
  const answer = await fetch(`${url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const get = async (path: string): Promise<Json> => {
    const reply = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}`);
    return (await reply.json()) as Json;
  };
  const query = async (soql: string): Promise<Json[]> => {
    let page = await get(`/services/data/v57.0/query?q=${encodeURIComponent(soql)}`);
    const rows = page.records as Json[];
    while (page.done !== true) {
      page = await get(String(page.nextRecordsUrl));
      rows.push(...(page.records as Json[]));
    }
    return rows;
  };
  return { get, query };
}

const casesOf = (accountId: string) => `SELECT Id FROM Case WHERE AccountId = '${accountId}' AND IsClosed = false`;

export const overQueries =
  (url: string): ReadAccount =>
  async (accountId) => {
    const { query } = await logIn(url);
    const deals = await query(
      `SELECT Amount, Probability, IsClosed, IsWon FROM Opportunity WHERE AccountId = '${accountId}'`,
    );
    return { deals: deals as unknown as RawDeal[], openCases: (await query(casesOf(accountId))).length };
  };

/** Every record on a path of its own. */
export const overRows =
  (url: string): ReadAccount =>
  async (accountId) => {
    const { get, query } = await logIn(url);
    const ids = await query(`SELECT Id FROM Opportunity WHERE AccountId = '${accountId}'`);
    const cases = await query(`SELECT Id FROM Case WHERE AccountId = '${accountId}'`);
    const rowOf = (type: string) => (row: Json) => get(`/services/data/v57.0/sobjects/${type}/${row.Id}`);
    const rows = await Promise.all(cases.map(rowOf('Case')));
    return {
      deals: (await Promise.all(ids.map(rowOf('Opportunity')))) as unknown as RawDeal[],
      openCases: rows.filter(({ IsClosed }) => IsClosed === false).length,
    };
  };
