import { marketoCredentials } from '../src/marketo/credentials.ts';
import { looseHeader } from './netsuite-soap-support.ts';
import { getToken, suiteqlPath } from './netsuite-support.ts';
import { askToken, refreshForm } from './salesforce-support.ts';

export const pageSize = 200;

/** Reads the page of a number, from 0 on, and tells how many rows came. */
export type ReadPage = (page: number) => Promise<number>;

async function ask(url: string, init: RequestInit): Promise<string> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 300)}`);
  return text;
}

const askJson = async <Body>(url: string, init: RequestInit) => JSON.parse(await ask(url, init)) as Body;

export async function netsuitePages(url: string): Promise<Record<string, ReadPage>> {
  const headers = {
    authorization: `Bearer ${await getToken(url)}`,
    prefer: 'transient',
    'content-type': 'application/json',
  };
  const suiteql = async (q: string, params: unknown[], page: number) => {
    const search = `?limit=${pageSize}&offset=${page * pageSize}`;
    const body = JSON.stringify({ q, params });
    const { items } = await askJson<{ items: unknown[] }>(url + suiteqlPath + search, {
      method: 'POST',
      headers,
      body,
    });
    return items.length;
  };
  const soap = async (body: string) => {
    const envelope = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Header>${looseHeader()}<searchPreferences><pageSize>${pageSize}</pageSize></searchPreferences></e:Header><e:Body>${body}</e:Body></e:Envelope>`;
    return ask(`${url}/services/NetSuitePort_2025_2`, {
      method: 'POST',
      headers: { soapaction: 'search' },
      body: envelope,
    });
  };
  const search = await soap(
    '<search><searchRecord xsi:type="TransactionSearchBasic"><type operator="anyOf"><searchValue>_invoice</searchValue></type></searchRecord></search>',
  );
  const [, searchId] = /searchId>([^<]+)</.exec(search) ?? [];
  return {
    'NetSuite SOAP, a page of a search for invoices': async (page) => {
      const answer = await soap(
        `<searchMoreWithId><searchId>${searchId}</searchId><pageIndex>${page + 1}</pageIndex></searchMoreWithId>`,
      );
      return answer.match(/<\w+:record\b/g)?.length ?? 0;
    },
    'NetSuite REST, a page of the customer list': async (page) => {
      const list = `${url}/services/rest/record/v1/customer?limit=${pageSize}&offset=${page * pageSize}`;
      return (await askJson<{ items: unknown[] }>(list, { headers })).items.length;
    },
    'NetSuite SuiteQL, a page of invoices': (page) =>
      suiteql(
        "SELECT id, tranid, entity, foreigntotal, duedate FROM transaction WHERE type = 'CustInvc' ORDER BY id",
        [],
        page,
      ),
    'NetSuite SuiteQL, the open invoices of 200 customers': async (page) => {
      const ids = Array.from({ length: pageSize }, (_, index) => page * pageSize + index + 1);
      const q = `SELECT entity, SUM(foreignamountunpaid) AS open, COUNT(*) AS n FROM transaction WHERE type = 'CustInvc' AND entity IN (${ids.map(() => '?').join()}) GROUP BY entity`;
      return suiteql(q, ids, 0);
    },
  };
}

export async function salesforcePages(url: string): Promise<Record<string, ReadPage>> {
  const { access_token: token } = (await (await askToken(url, refreshForm)).json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}`, 'sforce-query-options': `batchSize=${pageSize}` };
  const query = (soql: string) =>
    askJson<{ records: { Id: string }[]; nextRecordsUrl?: string }>(
      `${url}/services/data/v60.0/query?q=${encodeURIComponent(soql)}`,
      { headers },
    );
  let last = '000000000000000';
  const first = await query('SELECT Id, Name, Amount, StageName FROM Opportunity');
  const [, cursor] = /\/query\/([^-]+)-/.exec(first.nextRecordsUrl ?? '') ?? [];
  return {
    'Salesforce, a page of all deals': async (page) => {
      const next = `${url}/services/data/v60.0/query/${cursor}-${page * pageSize}`;
      return (await askJson<{ records: unknown[] }>(next, { headers })).records.length;
    },
    'Salesforce, the next 200 accounts by id': async () => {
      const { records } = await query(
        `SELECT Id, Name, Owner.Name FROM Account WHERE Id > '${last}' ORDER BY Id LIMIT ${pageSize}`,
      );
      last = records.at(-1)?.Id ?? last;
      return records.length;
    },
    'Salesforce, 200 open deals by value': async (page) => {
      const { records } = await query(
        `SELECT Id, Name, Amount, Account.Name, Owner.Name FROM Opportunity WHERE IsClosed = false ORDER BY Amount DESC NULLS LAST, Id LIMIT ${pageSize} OFFSET ${(page % 10) * pageSize}`,
      );
      return records.length;
    },
  };
}

export async function marketoPages(url: string): Promise<Record<string, ReadPage>> {
  const { clientId, clientSecret } = marketoCredentials;
  const login = `${url}/identity/oauth/token?grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}`;
  const { access_token: token } = await askJson<{ access_token: string }>(login, {});
  const headers = { authorization: `Bearer ${token}` };
  const get = async <Row>(path: string) => {
    const body = await askJson<{ success: boolean; errors?: unknown; result?: Row[]; nextPageToken?: string }>(
      url + path,
      { headers },
    );
    if (!body.success) throw new Error(`${path.slice(0, 100)}: ${JSON.stringify(body.errors)}`);
    return body;
  };
  const { nextPageToken: start } = await get('/rest/v1/activities/pagingtoken.json?sinceDatetime=2020-01-01T00:00:00Z');
  let cursor = start;
  const activities = async () => {
    const { nextPageToken, result = [] } = await get<{ leadId: number }>(
      `/rest/v1/activities.json?activityTypeIds=1,13,104&batchSize=${pageSize}&nextPageToken=${cursor}`,
    );
    cursor = nextPageToken ?? cursor;
    return result;
  };
  // Ids are not sequential: those of people that something happened to.
  const people = new Set<number>();
  while (people.size < 5 * pageSize) for (const { leadId } of await activities()) people.add(leadId);
  const ids = [...people];
  return {
    'Marketo, 200 people by id': async (page) => {
      const from = (page % 5) * pageSize;
      const asked = ids.slice(from, from + pageSize).join();
      const { result } = await get(`/rest/v1/leads.json?filterType=id&filterValues=${asked}&batchSize=${pageSize}`);
      return result?.length ?? 0;
    },
    'Marketo, the next page of the activity log': async () => (await activities()).length,
    'Marketo, a page of programs': async (page) =>
      (await get(`/rest/asset/v1/programs.json?maxReturn=${pageSize}&offset=${(page % 3) * 10}`)).result?.length ?? 0,
  };
}
