import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { soapAnswered } from './fake-vendor.ts';
import type { Sandbox } from './support.ts';
import { startSandbox } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ size: 10 });
});
afterAll(() => sandbox.close());

const core = 'xmlns:c="urn:core_2023_1.platform.webservices.netsuite.com"';
const messages = 'xmlns="urn:messages_2023_1.platform.webservices.netsuite.com"';
const envelope = (body: string) =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
   xmlns:xsd="http://www.w3.org/2001/XMLSchema"><e:Body>${body}</e:Body></e:Envelope>`;
const result = (content: string) =>
  envelope(`<searchResponse ${messages}><c:searchResult ${core}>${content}</c:searchResult></searchResponse>`);
const refusal = (code: string) => ({
  text: result(`<c:status isSuccess="false"><c:statusDetail type="ERROR"><c:code>${code}</c:code>
    <c:message>secret detail</c:message></c:statusDetail></c:status>`),
});
const fault = (name: string) => ({
  status: 500,
  text: envelope(`<e:Fault><faultcode>e:Server.userException</faultcode><faultstring>secret detail</faultstring>
    <detail><f:${name} xmlns:f="urn:faults_2023_1.platform.webservices.netsuite.com"><f:code>X</f:code></f:${name}>
    <n:hostname xmlns:n="http://xml.apache.org/axis/">secret-host</n:hostname></detail></e:Fault>`),
});
const empty = result(`<c:status isSuccess="true"><c:statusDetail type="WARN"><c:code>WARNING</c:code></c:statusDetail>
  </c:status><c:totalRecords>0</c:totalRecords><c:totalPages>0</c:totalPages><c:recordList/>`);

test.each([
  ['nothing at all', {}, 'malformed'],
  ['a page of HTML', { text: '<html><body>Sign in</body></html>' }, 'malformed'],
  ['JSON', { text: '{"a":1}' }, 'malformed'],
  ['XML that breaks off', { text: empty.slice(0, 300) }, 'malformed'],
  [
    'an envelope without a body',
    { text: '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"/>' },
    'malformed',
  ],
  ['a result without pages', { text: result('<c:status isSuccess="true"/>') }, 'malformed'],
  ['a redirect', { status: 302 }, 'malformed'],
  ['a gateway’s page', { status: 503, text: '<html></html>' }, 'unavailable'],
  ['a refused login', fault('invalidCredentialsFault'), 'credentials'],
  ['a role without the right', fault('insufficientPermissionFault'), 'credentials'],
  ['too many calls at once', fault('exceededConcurrentRequestLimitFault'), 'busy'],
  ['too many calls', fault('exceededRequestLimitFault'), 'busy'],
  ['an internal error', fault('unexpectedErrorFault'), 'unavailable'],
  ['a fault of another kind', fault('someFault'), 'unavailable'],
  ['a version that is gone', fault('invalidVersionFault'), 'rejected'],
  ['a search refused with success', refusal('INVALID_SEARCH_FIELD_NAME'), 'rejected'],
  ['throttling with success', refusal('WS_REQUEST_BLOCKED'), 'busy'],
  ['an unexpected error with success', refusal('UNEXPECTED_ERROR'), 'unavailable'],
])('%s', async (_, answer, kind) => {
  const failure = soapAnswered(sandbox.url, () => answer).recurring('2026-11-20');
  await expect(failure).rejects.toMatchObject({ name: 'UpstreamError', system: 'NETSUITE', fault: kind });
  await expect(failure).rejects.not.toThrow(/secret/);
});

test('an empty answer with a warning is an empty list', async () => {
  expect(await soapAnswered(sandbox.url, () => ({ text: empty })).recurring('2026-11-20')).toEqual([]);
});

test('amounts and days come as they were sent, whatever number a double would make of them', async () => {
  const type = 'xsi:type="s:SalesOrder" xmlns:s="urn:sales_2023_1.transactions.webservices.netsuite.com"';
  const order = `<c:record internalId="7" ${type}><s:entity internalId="1"/><s:tranDate>2026-11-01T00:00:00.000-08:00</s:tranDate>
    <s:startDate>2026-11-20T23:00:00.000-08:00</s:startDate><s:exchangeRate>1.10000000000000000001</s:exchangeRate>
    <s:currencyName>EUR</s:currencyName><s:total>90071992547409931.25</s:total>
    <s:recurWeekly>0.0</s:recurWeekly><s:recurMonthly>90071992547409931.25</s:recurMonthly>
    <s:recurQuarterly>0.0</s:recurQuarterly><s:recurAnnually>0.0</s:recurAnnually><s:status>Billed</s:status></c:record>`;
  const text = result(
    `<c:status isSuccess="true"/><c:totalRecords>1</c:totalRecords><c:totalPages>1</c:totalPages>
     <c:recordList>${order}</c:recordList>`,
  );
  const source = soapAnswered(sandbox.url, () => ({ text }));
  expect(await source.recurring('2026-11-20')).toMatchObject([
    { exchangeRate: '1.10000000000000000001', monthly: '90071992547409931.25' },
  ]);
  expect(await source.recurring('2026-11-19')).toEqual([]);
});

const subscription = (id: number) =>
  `<c:record internalId="${id}" xsi:type="s:SalesOrder"
   xmlns:s="urn:sales_2023_1.transactions.webservices.netsuite.com"><s:entity internalId="1"/>
   <s:tranDate>2026-11-01T00:00:00.000-08:00</s:tranDate><s:startDate>2026-11-01T00:00:00.000-08:00</s:startDate>
   <s:exchangeRate>1</s:exchangeRate><s:currencyName>USD</s:currencyName><s:total>1</s:total>
   <s:recurWeekly>0</s:recurWeekly><s:recurMonthly>1</s:recurMonthly><s:recurQuarterly>0</s:recurQuarterly>
   <s:recurAnnually>0</s:recurAnnually><s:status>Billed</s:status></c:record>`;

test.each([
  [[1, 2], 2],
  [[2, 1, 2, 1], 2],
  [[1], 'malformed'],
  [[1, 1], 'malformed'],
])('records %j of two', async (ids, expected) => {
  const text = result(`<c:status isSuccess="true"/><c:totalRecords>2</c:totalRecords><c:totalPages>1</c:totalPages>
    <c:recordList>${ids.map(subscription).join('')}</c:recordList>`);
  const answer = soapAnswered(sandbox.url, () => ({ text })).recurring('2026-11-20');
  if (typeof expected === 'number') expect(await answer).toHaveLength(expected);
  else await expect(answer).rejects.toMatchObject({ fault: expected });
});

test.each([
  [['1', '2', '1'], '30'],
  [['1'], 'malformed'],
])('sums of the periods %j of two', async (periods, expected) => {
  const search = (rows: string) =>
    result(`<c:status isSuccess="true"/><c:totalRecords>1</c:totalRecords><c:totalPages>1</c:totalPages>${rows}`);
  const account = search(`<c:searchRowList><c:searchRow xsi:type="a:AccountSearchRow"
    xmlns:a="urn:accounting_2023_1.lists.webservices.netsuite.com"
    xmlns:m="urn:common_2023_1.platform.webservices.netsuite.com"><a:basic>
    <m:balance><c:searchValue>5</c:searchValue></m:balance>
    <m:internalId><c:searchValue internalId="7"/></m:internalId>
    <m:type><c:searchValue>_bank</c:searchValue></m:type></a:basic></c:searchRow></c:searchRowList>`);
  const period = (id: string) => `<c:record internalId="${id}" xsi:type="a:AccountingPeriod"
    xmlns:a="urn:accounting_2023_1.lists.webservices.netsuite.com">
    <a:startDate>2026-0${id}-01T00:00:00.000-08:00</a:startDate></c:record>`;
  const bothPeriods = result(`<c:status isSuccess="true"/><c:totalRecords>2</c:totalRecords>
    <c:totalPages>1</c:totalPages><c:recordList>${['1', '2'].map(period).join('')}</c:recordList>`);
  const sums = periods.map(
    (id) => `<c:postingTransactionSummary><c:period internalId="${id}"/><c:account internalId="7"/>
      <c:amount>${id}0</c:amount></c:postingTransactionSummary>`,
  );
  const summary =
    envelope(`<getPostingTransactionSummaryResponse ${messages}><c:getPostingTransactionSummaryResult ${core}>
    <c:status isSuccess="true"/><c:totalRecords>2</c:totalRecords><c:totalPages>1</c:totalPages>
    <c:postingTransactionSummaryList>${sums.join('')}</c:postingTransactionSummaryList>
    </c:getPostingTransactionSummaryResult></getPostingTransactionSummaryResponse>`);
  const source = soapAnswered(sandbox.url, ({ body = '' }) => ({
    text: body.includes('getPostingTransactionSummary')
      ? summary
      : body.includes('AccountingPeriodSearch')
        ? bothPeriods
        : account,
  }));
  const ledger = source.ledger();
  if (expected === 'malformed') await expect(ledger).rejects.toMatchObject({ fault: expected });
  else {
    const total = (await ledger).sums.reduce((sum, { amount }) => sum + Number(amount), 0);
    expect(total).toBe(Number(expected));
  }
});

test('each call has a nonce of its own, and pages after the first name the search', async () => {
  const bodies: string[] = [];
  const paged = result(`<c:status isSuccess="true"/><c:totalRecords>2001</c:totalRecords><c:totalPages>3</c:totalPages>
    <c:searchId>WEBSERVICES_1</c:searchId><c:recordList/>`);
  // Its pages are empty, so the answer is refused when all of them are there.
  const source = soapAnswered(sandbox.url, ({ body = '' }) => {
    bodies.push(body);
    return {
      text: body.includes('searchMoreWithId') ? paged.replaceAll('searchResponse', 'searchMoreWithIdResponse') : paged,
    };
  });
  await expect(source.recurring('2026-11-20')).rejects.toMatchObject({ fault: 'malformed' });

  expect(new Set(bodies.map((body) => /nonce>(\w+)</.exec(body)?.[1])).size).toBe(3);
  const later = bodies.slice(1).map((body) => /searchId>(\w+)<.*pageIndex>(\d)</.exec(body)?.slice(1));
  expect(later.sort()).toEqual([
    ['WEBSERVICES_1', '2'],
    ['WEBSERVICES_1', '3'],
  ]);
});

test('any text as an id is one attribute of one search value', async () => {
  const sent: string[] = [];
  const source = soapAnswered(sandbox.url, ({ body = '' }) => {
    sent.push(body);
    return { text: empty };
  });
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseAttributeValue: false,
    trimValues: false,
    isArray: (name) => name === 'searchValue',
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), { minLength: 1, maxLength: 4 }),
      async (ids) => {
        sent.length = 0;
        await source.documents(ids, { invoices: 'open', orders: false });
        const search = sent
          .map((body) => parser.parse(body).Envelope.Body.search.searchRecord)
          .find((each) => each.customerJoin);
        expect(
          search.customerJoin.externalId.searchValue.map((value: Record<string, string>) => value['@externalId']),
        ).toEqual(ids);
        expect(Object.keys(search)).toEqual(['basic', 'customerJoin', '@type']);
        expect(Object.keys(search.basic)).toEqual(['mainLine', 'status', 'type']);
      },
    ),
    { numRuns: 50 },
  );
});
