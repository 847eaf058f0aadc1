import { createHmac, randomBytes } from 'node:crypto';
import { netsuiteCredentials } from '@customer360/sandbox/netsuite/credentials';
import type { RawTransaction } from './netsuite-figures.ts';

/** Reads all transactions of the customer that carries an external id. */
export type ReadTransactions = (externalId: string) => Promise<RawTransaction[]>;

const { account, consumerKey, consumerSecret, tokenId, tokenSecret } = netsuiteCredentials;
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
const hmac = (text: string) =>
  createHmac('sha256', `${encode(consumerSecret)}&${encode(tokenSecret)}`)
    .update(text)
    .digest('base64');
const stamp = () => ({ nonce: randomBytes(10).toString('hex'), timestamp: String(Math.floor(Date.now() / 1000)) });

type Json = Record<string, unknown>;
const textOrNull = (value: unknown) => (value == null || value === '' ? null : String(value).slice(0, 10));

/** One REST call, signed by OAuth 1.0a. */
async function callRest(url: string, body?: object): Promise<Json> {
  const { nonce, timestamp } = stamp();
  const { origin, pathname, searchParams } = new URL(url);
  const oauth = {
    oauth_consumer_key: consumerKey,
    oauth_token: tokenId,
    oauth_nonce: nonce,
    oauth_timestamp: timestamp,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_version: '1.0',
  };
  const pairs = [...searchParams, ...Object.entries(oauth)].map(([name, value]) => `${encode(name)}=${encode(value)}`);
  const base = [body ? 'POST' : 'GET', origin + pathname, pairs.sort().join('&')].map(encode).join('&');
  const parts = Object.entries({ realm: account, ...oauth, oauth_signature: encode(hmac(base)) });
  const answer = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `OAuth ${parts.map(([name, value]) => `${name}="${value}"`).join(', ')}`,
      'content-type': 'application/json',
      prefer: 'transient',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${pathname} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Json;
}

const recordKinds = {
  invoice: 'invoice',
  creditMemo: 'credit',
  customerPayment: 'payment',
  salesOrder: 'order',
} as const;
const idle = ['A', 'C', 'H'];

export const overRecords =
  (url: string): ReadTransactions =>
  async (externalId) => {
    const records = `${url}/services/rest/record/v1`;
    const customer = await callRest(`${records}/customer/eid:${externalId}`);
    const lists = Object.entries(recordKinds).map(async ([type, kind]) => {
      const owner = type === 'customerPayment' ? 'customer' : 'entity';
      const ids: string[] = [];
      for (let more = true; more; ) {
        const query = new URLSearchParams({
          q: `${owner} EQUAL ${customer.id}`,
          limit: '50',
          offset: String(ids.length),
        });
        const page = await callRest(`${records}/${type}?${query}`);
        ids.push(...(page.items as { id: string }[]).map(({ id }) => id));
        more = page.hasMore === true;
      }
      const read: RawTransaction[] = [];
      for (const id of ids) {
        const record = await callRest(`${records}/${type}/${id}`);
        read.push({
          kind,
          total: type === 'customerPayment' ? record.payment : record.total,
          left: type === 'invoice' ? record.amountRemaining : record.unapplied,
          dueDate: textOrNull(record.dueDate),
          isActive: !idle.includes((record.orderStatus as { id: string } | undefined)?.id ?? 'A'),
          startDate: textOrNull(record.startDate),
          endDate: textOrNull(record.endDate),
          exchangeRate: record.exchangeRate,
          recurring: [record.recurWeekly, record.recurMonthly, record.recurQuarterly, record.recurAnnually],
        });
      }
      return read;
    });
    return (await Promise.all(lists)).flat();
  };

const typeKinds: Record<string, RawTransaction['kind']> = {
  CustInvc: 'invoice',
  CustCred: 'credit',
  CustPymt: 'payment',
  SalesOrd: 'order',
};

export const overSuiteQl =
  (url: string): ReadTransactions =>
  async (externalId) => {
    const q = `SELECT t.type, t.status, t.foreigntotal, t.foreignamountunpaid, t.foreignpaymentamountunused, t.exchangerate,
      TO_CHAR(t.duedate, 'YYYY-MM-DD') AS due, TO_CHAR(t.startdate, 'YYYY-MM-DD') AS starts,
      TO_CHAR(t.enddate, 'YYYY-MM-DD') AS ends, t.recurweekly, t.recurmonthly, t.recurquarterly, t.recurannually
      FROM transaction t JOIN customer c ON c.id = t.entity WHERE c.externalid = '${externalId}'
      AND t.type IN ('CustInvc', 'CustCred', 'CustPymt', 'SalesOrd') ORDER BY t.id`;
    const rows: Record<string, string | undefined>[] = [];
    for (let more = true; more; ) {
      const page = await callRest(`${url}/services/rest/query/v1/suiteql?limit=50&offset=${rows.length}`, { q });
      rows.push(...(page.items as Record<string, string>[]));
      more = page.hasMore === true;
    }
    return rows.map((row) => ({
      kind: typeKinds[row.type ?? ''] ?? 'invoice',
      total: row.foreigntotal,
      left: row.type === 'CustInvc' ? row.foreignamountunpaid : row.foreignpaymentamountunused,
      dueDate: textOrNull(row.due),
      isActive: !idle.includes(row.status ?? 'A'),
      startDate: textOrNull(row.starts),
      endDate: textOrNull(row.ends),
      exchangeRate: row.exchangerate,
      recurring: [row.recurweekly, row.recurmonthly, row.recurquarterly, row.recurannually],
    }));
  };

const version = '2023_1';
const urn = (name: string, family = 'platform') => `urn:${name}_${version}.${family}.webservices.netsuite.com`;
const soapKinds: Record<string, RawTransaction['kind']> = {
  Invoice: 'invoice',
  CreditMemo: 'credit',
  CustomerPayment: 'payment',
  SalesOrder: 'order',
};

/** Sends one operation as text and gives the answer's text. */
async function callSoap(url: string, operation: string, content: string): Promise<string> {
  const { nonce, timestamp } = stamp();
  const base = [account, consumerKey, tokenId, nonce, timestamp].map(encode).join('&');
  const envelope = `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:m="${urn('messages')}" xmlns:c="${urn('core')}"
    xmlns:cm="${urn('common')}" xmlns:r="${urn('relationships', 'lists')}" xmlns:t="${urn('sales', 'transactions')}">
    <s:Header><m:tokenPassport><c:account>${account}</c:account><c:consumerKey>${consumerKey}</c:consumerKey>
    <c:token>${tokenId}</c:token><c:nonce>${nonce}</c:nonce><c:timestamp>${timestamp}</c:timestamp>
    <c:signature algorithm="HMAC-SHA256">${hmac(base)}</c:signature></m:tokenPassport>
    <m:searchPreferences><m:bodyFieldsOnly>true</m:bodyFieldsOnly><m:pageSize>50</m:pageSize></m:searchPreferences>
    </s:Header><s:Body><m:${operation}>${content}</m:${operation}></s:Body></s:Envelope>`;
  const answer = await fetch(`${url}/services/NetSuitePort_${version}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: operation },
    body: envelope,
  });
  const text = await answer.text();
  if (!answer.ok || !text.includes('isSuccess="true"')) throw new Error(`${operation}: ${text.slice(0, 600)}`);
  return text;
}

const element = (xml: string, name: string) =>
  new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)<`).exec(xml)?.[1] ?? null;
const recordsIn = (xml: string): string[] => xml.match(/<(?:\w+:)?record [\s\S]*?<\/(?:\w+:)?record>/g) ?? [];
const typeOf = (record: string) => /xsi:type="(?:\w+:)?(\w+)"/.exec(record)?.[1] ?? '';

/** All pages of a search. */
async function searchSoap(url: string, type: string, criteria: string): Promise<string[]> {
  const record = `<m:searchRecord xsi:type="${type}">${criteria}</m:searchRecord>`;
  const first = await callSoap(url, 'search', record);
  const found = recordsIn(first);
  for (let page = 2; page <= Number(element(first, 'totalPages')); page += 1) {
    const id = `<m:searchId>${element(first, 'searchId')}</m:searchId><m:pageIndex>${page}</m:pageIndex>`;
    found.push(...recordsIn(await callSoap(url, 'searchMoreWithId', id)));
  }
  return found;
}

export const overSoap =
  (url: string): ReadTransactions =>
  async (externalId) => {
    const byId = `<cm:externalId operator="anyOf"><c:searchValue externalId="${externalId}" type="customer"/></cm:externalId>`;
    const [customer = ''] = await searchSoap(url, 'r:CustomerSearch', `<r:basic>${byId}</r:basic>`);
    const internalId = /internalId="(\d+)"/.exec(customer)?.[1];
    const types = ['_invoice', '_creditMemo', '_customerPayment', '_salesOrder'];
    const records = await searchSoap(
      url,
      't:TransactionSearch',
      `<t:basic><cm:entity operator="anyOf"><c:searchValue internalId="${internalId}" type="customer"/></cm:entity>
       <cm:mainLine><c:searchValue>true</c:searchValue></cm:mainLine><cm:type operator="anyOf">
       ${types.map((type) => `<c:searchValue>${type}</c:searchValue>`).join('')}</cm:type></t:basic>`,
    );
    return records.map((record): RawTransaction => {
      const kind = soapKinds[typeOf(record)];
      if (!kind) throw new Error(`an unexpected ${typeOf(record)}`);
      return {
        kind,
        total: element(record, 'total'),
        left: element(record, kind === 'invoice' ? 'amountRemaining' : 'unapplied'),
        dueDate: textOrNull(element(record, 'dueDate')),
        isActive: !['Pending Approval', 'Cancelled', 'Closed'].includes(element(record, 'status') ?? 'Closed'),
        startDate: textOrNull(element(record, 'startDate')),
        endDate: textOrNull(element(record, 'endDate')),
        exchangeRate: element(record, 'exchangeRate'),
        recurring: ['recurWeekly', 'recurMonthly', 'recurQuarterly', 'recurAnnually'].map((name) =>
          element(record, name),
        ),
      };
    });
  };
