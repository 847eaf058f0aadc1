import { postEnvelope } from './netsuite-soap-support.ts';
import type { Sandbox } from './netsuite-support.ts';
import { getToken, startSandbox } from './netsuite-support.ts';

let sandbox: Sandbox;
let token: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  token = await getToken(sandbox.url);
});
afterAll(() => sandbox.close());

async function send(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`${sandbox.url}/services/rest/record/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    id: answer.headers.get('location')?.split('/').at(-1) ?? '',
    body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
  };
}

const customer = () => String(sandbox.world.db.prepare('SELECT MIN(id) AS id FROM ns_customer').get()?.id);
const itemsOf = async (type: string, id: string) => {
  const { body } = await send('GET', `${type}/${id}?expandSubResources=true`);
  const { items } = body.item as { items: { item: { id: string }; quantity: number; rate: number; amount: number }[] };
  return {
    total: body.total,
    items: items.map(({ item, quantity, rate, amount }) => [item.id, quantity, rate, amount]),
  };
};
const order = () =>
  send('POST', 'salesOrder', {
    entity: { id: customer() },
    item: {
      items: [
        { item: { id: '101' }, quantity: 2, rate: 10 },
        { item: { id: '102' }, quantity: 3, rate: 5, amount: 14 },
      ],
    },
  });

test('a line that names its number is changed, what it leaves out stays, and others are added', async () => {
  const { id } = await order();
  const patch = (row: object) => send('PATCH', `salesOrder/${id}`, { item: { items: [row] } });
  expect((await patch({ line: 1, quantity: 5 })).status).toBe(204);
  expect(await itemsOf('salesOrder', id)).toEqual({
    total: 64,
    items: [
      ['101', 5, 10, 50],
      ['102', 3, 5, 14],
    ],
  });
  await patch({ line: 2, description: 'As agreed' });
  expect(await itemsOf('salesOrder', id)).toMatchObject({
    total: 64,
    items: [
      ['101', 5, 10, 50],
      ['102', 3, 5, 14],
    ],
  });
  await patch({ line: 2, amount: 30 });
  expect(await itemsOf('salesOrder', id)).toMatchObject({
    total: 80,
    items: [
      ['101', 5, 10, 50],
      ['102', 3, 10, 30],
    ],
  });
  await patch({ item: { id: '201' }, rate: 1 });
  expect(await itemsOf('salesOrder', id)).toMatchObject({ total: 81, items: [{}, {}, ['201', 1, 1, 1]] });
});

test('SOAP changes one line the same way, unless the list replaces all', async () => {
  const { id } = await order();
  const update = (all: boolean, quantity: number) =>
    postEnvelope(
      sandbox.url,
      `<update><record xsi:type="SalesOrder" internalId="${id}"><itemList replaceAll="${all}"><item><item internalId="101"/>
       <line>1</line><quantity>${quantity}</quantity><rate>10</rate></item></itemList></record></update>`,
    );
  await update(false, 4);
  expect(await itemsOf('salesOrder', id)).toEqual({
    total: 54,
    items: [
      ['101', 4, 10, 40],
      ['102', 3, 5, 14],
    ],
  });
  await update(true, 1);
  expect(await itemsOf('salesOrder', id)).toEqual({ total: 10, items: [['101', 1, 10, 10]] });
});

test.each([
  ['Error', 400],
  ['Warning', 204],
  ['Ignore', 204],
])('values that cannot be are refused or left out: %s answers %d', async (mode, status) => {
  const made = await send(
    'POST',
    'customer',
    { companyName: `Values ${mode}`, terms: { id: '999' }, creditLimit: 'much', subsidiary: [1], phone: '555' },
    { 'X-NetSuite-PropertyValueValidation': mode },
  );
  expect(made.status).toBe(status);
  if (status !== 204)
    return expect(made.body).toMatchObject({ 'o:errorDetails': [{ 'o:errorCode': 'INVALID_CONTENT' }] });
  const { body } = await send('GET', `customer/${made.id}`);
  expect(body).toMatchObject({ companyName: `Values ${mode}`, phone: '555' });
  expect(body).not.toHaveProperty('terms');
  return expect(body).not.toHaveProperty('creditLimit');
});

test('enumerations are written by their ids alone when asked', async () => {
  const { id } = await order();
  const whole = (await send('GET', `salesOrder/${id}`)).body;
  const simple = (await send('GET', `salesOrder/${id}?simpleEnumFormat=true`)).body;
  expect(whole).toMatchObject({ orderStatus: { id: 'A', refName: 'Pending Approval' }, entity: { id: customer() } });
  expect(simple).toMatchObject({ orderStatus: 'A', status: 'Pending Approval', entity: { id: customer() } });
});

test('the account tells its limits over SOAP too', async () => {
  const { text } = await postEnvelope(sandbox.url, '<getAccountGovernanceInfo/>');
  expect(text).toContain('<platformCore:accountConcurrencyLimit>15</platformCore:accountConcurrencyLimit>');
});
