import { marketoCredentials } from '@customer360/sandbox/marketo/credentials';
import { cents } from './cents.ts';

type Json = Record<string, unknown>;
const chunks = <Item>(items: readonly Item[], size: number) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

export interface MarketoBook {
  /** Revenue of each program in cents, by the linear model. */
  byProgram: Map<string, bigint>;
  /** What marketing may claim of the deals in which some people have a role, in cents. */
  revenueOf(leadIds: readonly string[]): bigint;
  leadsOf(accountId: string): Promise<{ id: string; score: number | null }[]>;
}

/** Reads programs, members, roles and deals, and shares every won deal evenly among the successes before it closed. */
export async function openMarketoBook(url: string): Promise<MarketoBook> {
  const login = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: marketoCredentials.clientId,
    client_secret: marketoCredentials.clientSecret,
  });
  const { access_token: token } = (await (await fetch(`${url}/identity/oauth/token?${login}`)).json()) as Json;
  const call = async (path: string, parameters: Record<string, string>): Promise<Json> => {
    const answer = await fetch(`${url}${path}?_method=GET`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(parameters),
    });
    const body = (await answer.json()) as Json;
    if (body.success !== true) throw new Error(`${path}: ${JSON.stringify(body.errors)}`);
    return body;
  };
  const pages = async (path: string, parameters: Record<string, string>): Promise<Json[]> => {
    const rows: Json[] = [];
    let next: string | undefined;
    do {
      const page = await call(path, { ...parameters, ...(next && { nextPageToken: next }) });
      rows.push(...((page.result ?? []) as Json[]));
      next = page.nextPageToken as string | undefined;
    } while (next);
    return rows;
  };
  const filtered = async (path: string, filterType: string, values: readonly string[], fields: string) => {
    const parts = chunks(values, 300).map((part) => pages(path, { filterType, filterValues: part.join(), fields }));
    return (await Promise.all(parts)).flat();
  };

  const programs: string[] = [];
  for (let full = true; full; ) {
    const query = new URLSearchParams({ maxReturn: '20', offset: String(programs.length) });
    const answer = await fetch(`${url}/rest/asset/v1/programs.json?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { result = [] } = (await answer.json()) as { result?: { id: number }[] };
    programs.push(...result.map(({ id }) => String(id)));
    full = result.length === 20;
  }
  const successes = new Map<string, { program: string; at: string }[]>();
  for (const program of programs) {
    const members = await pages(`/rest/v1/programs/${program}/members.json`, {
      filterType: 'reachedSuccess',
      filterValues: 'true',
      fields: 'leadId,reachedSuccess,reachedSuccessDate',
    });
    for (const { leadId, reachedSuccessDate } of members) {
      const own = successes.get(String(leadId)) ?? [];
      successes.set(String(leadId), [...own, { program, at: String(reachedSuccessDate) }]);
    }
  }
  const roleFields = 'externalOpportunityId,leadId';
  const roles = await filtered('/rest/v1/opportunities/roles.json', 'leadId', [...successes.keys()], roleFields);
  const peopleOfDeal = new Map<string, Set<string>>();
  for (const { externalOpportunityId, leadId } of roles) {
    const deal = String(externalOpportunityId);
    peopleOfDeal.set(deal, (peopleOfDeal.get(deal) ?? new Set()).add(String(leadId)));
  }
  const dealFields = 'externalOpportunityId,amount,isWon,closeDate';
  const ids = [...peopleOfDeal.keys()];
  const deals = await filtered('/rest/v1/opportunities.json', 'externalOpportunityId', ids, dealFields);

  const byProgram = new Map<string, bigint>();
  const claimed = new Map<string, bigint>();
  for (const { externalOpportunityId, amount, isWon, closeDate } of deals) {
    const deal = String(externalOpportunityId);
    const touches = [...(peopleOfDeal.get(deal) ?? [])]
      .flatMap((leadId) => successes.get(leadId) ?? [])
      .filter(({ at }) => at.slice(0, 10) <= String(closeDate).slice(0, 10))
      .sort((a, b) => (a.at === b.at ? Number(a.program) - Number(b.program) : a.at < b.at ? -1 : 1));
    if (isWon !== true || amount == null || touches.length === 0) continue;
    const count = BigInt(touches.length);
    claimed.set(deal, cents(amount));
    touches.forEach(({ program }, index) => {
      const share = cents(amount) / count + (BigInt(index) < cents(amount) % count ? 1n : 0n);
      byProgram.set(program, (byProgram.get(program) ?? 0n) + share);
    });
  }

  return {
    byProgram,
    revenueOf(leadIds) {
      const own = [...claimed].filter(([deal]) => leadIds.some((id) => peopleOfDeal.get(deal)?.has(id)));
      return own.reduce((total, [, amount]) => total + amount, 0n);
    },
    async leadsOf(accountId) {
      const rows = await filtered('/rest/v1/leads.json', 'sfdcAccountId', [accountId], 'id,leadScore');
      return rows.map(({ id, leadScore }) => ({ id: String(id), score: (leadScore as number | undefined) ?? null }));
    },
  };
}
