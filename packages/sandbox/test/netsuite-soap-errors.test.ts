import type { Client } from './netsuite-soap-support.ts';
import { createSoapClient, postEnvelope } from './netsuite-soap-support.ts';
import type { Sandbox } from './netsuite-support.ts';
import { startSandbox } from './netsuite-support.ts';

let netsuite: Sandbox;
let client: Client;
beforeAll(async () => {
  netsuite = await startSandbox();
  client = await createSoapClient(netsuite.url);
});
afterEach(() => netsuite.control.heal());
afterAll(() => netsuite.close());

const rows = (sql: string, ...values: (string | number)[]) => netsuite.world.db.prepare(sql).all(...values);
const anyOf = (values: unknown[]) => ({ attributes: { operator: 'anyOf' }, 'platformCore:searchValue': values });
const transactions = (basic: object) => ({
  searchRecord: { attributes: { 'xsi:type': 'tranSales:TransactionSearch' }, 'tranSales:basic': basic },
});
const openInvoices = {
  'platformCommon:status': anyOf(['_invoiceOpen']),
  'platformCommon:type': anyOf(['_invoice']),
};

test.each([
  ['a status that is display text', { 'platformCommon:status': anyOf(['Open']) }, 'INVALID_KEY_OR_REF'],
  ['a field that does not exist', { 'platformCommon:colour': anyOf(['red']) }, 'INVALID_SEARCH_FIELD_NAME'],
  ['an operator of another type', { 'platformCommon:tranId': anyOf(['x']) }, 'WS_INVALID_SEARCH_OPERATN'],
])('%s is a status detail, not a fault', async (_, basic, code) => {
  const { searchResult } = await client.call('search', transactions(basic));

  expect(searchResult.status.attributes.isSuccess).toBe('false');
  expect(searchResult.status.statusDetail[0].code).toBe(code);
});

test('a page size out of range is a status detail', async () => {
  const tiny = await createSoapClient(netsuite.url, '2023_1', { 'platformMsgs:pageSize': 4 });
  const { searchResult } = await tiny.call('search', transactions(openInvoices));

  expect(searchResult.status.statusDetail[0].code).toBe('INVALID_SEARCH_PAGE_SIZE');
});

test('lenient input: no namespaces, ids as children, bare enumeration names', async () => {
  const [invoice] = rows(`SELECT * FROM ns_transaction WHERE type = 'CustInvc' AND status = 'A' LIMIT 1`);
  const { status, text } = await postEnvelope(
    netsuite.url,
    `<search><searchRecord xsi:type="x:TransactionSearch"><basic>
       <entity operator="anyOf"><searchValue><internalId>${invoice?.customer_id}</internalId></searchValue></entity>
       <status operator="anyOf"><searchValue>invoiceOpen</searchValue></status></basic></searchRecord></search>`,
  );

  expect(status).toBe(200);
  expect(text).toContain(`internalId="${invoice?.id}"`);
  expect(text).toContain('<tranSales:status>Open</tranSales:status>');
});

test.each([
  ['a document type', '<!DOCTYPE x [<!ENTITY e "boom">]><x/>'],
  ['broken markup', '<soapenv:Envelope><unclosed></soapenv:Envelope>'],
  ['another document', '<note/>'],
])('%s is a fault', async (_, body) => {
  const answer = await fetch(`${netsuite.url}/services/NetSuitePort_2023_1`, { method: 'POST', body });

  expect(answer.status).toBe(500);
  expect(await answer.text()).toContain('unexpectedErrorFault');
});

test('text that looks like markup stays text', async () => {
  netsuite.world.db.exec(`UPDATE ns_customer SET phone = '<b>&amp;"'']]>' WHERE id = 4001`);
  const { readResponse } = await client.call('get', {
    baseRef: { attributes: { 'xsi:type': 'platformCore:RecordRef', internalId: '4001', type: 'customer' } },
  });

  expect(readResponse.record.phone).toBe(`<b>&amp;"']]>`);
});

test('over the limit every call is blocked by a fault', async () => {
  netsuite.control.setFaults({ throttle: true });

  await expect(client.call('getServerTime', {})).rejects.toMatchObject({
    root: {
      Envelope: {
        Body: {
          Fault: {
            faultstring: 'SuiteTalk concurrent request limit exceeded. Request blocked.',
            detail: { exceededConcurrentRequestLimitFault: { code: 'WS_REQUEST_BLOCKED' } },
          },
        },
      },
    },
  });
});
