import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { secret, startEvents } from './netsuite-events-support.ts';
import { postEnvelope } from './netsuite-soap-support.ts';
import { createQuery, getToken } from './netsuite-support.ts';

const none = { bank: '0.00', receivable: '0.00', income: '0.00', cogs: '0.00', annualRecurring: '0.00' };
type Events = Awaited<ReturnType<typeof startEvents>>;

const pay = ({ control, customer }: Events, payment: number) =>
  control('POST', 'change', {
    type: 'CREATE',
    record: 'customerPayment',
    fields: { customer: { id: customer }, payment },
  });
const webhook = async ({ control }: Events) =>
  (await control('GET', 'webhook')).body.webhook as { outbox: { waiting: number; delivered: number } };

async function waitFor(check: () => Promise<boolean>) {
  for (let round = 0; round < 200 && !(await check()); round += 1) await sleep(10);
}

test('a save posts one signed event, whose signature is over the bytes as sent', async () => {
  const events = await startEvents();
  const before = Math.floor(Date.now() / 1000);
  expect(await pay(events, 1234.5)).toMatchObject({ status: 200, body: { record: 'customerPayment' } });
  const [delivery] = await events.receiver.wait(1);
  const signed = createHmac('sha256', secret)
    .update(`${delivery?.timestamp}.`)
    .update(delivery?.raw ?? '')
    .digest('hex');
  expect(delivery?.signature).toBe(`v1=${signed}`);
  expect(Number(delivery?.timestamp)).toBeGreaterThanOrEqual(before);
  expect(delivery?.event).toEqual({
    eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    account: 'TSTDRV1234567',
    recordType: 'customerPayment',
    recordId: expect.stringMatching(/^\d+$/),
    operation: 'CREATE',
    occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    version: expect.any(Number),
    amounts: { before: none, after: { ...none, bank: '1234.50', receivable: '-1234.50' } },
  });
  await events.close();
});

test('REST, SOAP and a transform each tell of what they write, and a failed save of nothing', async () => {
  const events = await startEvents();
  const { netsuite, customer, receiver } = events;
  const token = await getToken(netsuite.url);
  const rest = (method: string, path: string, body: object) =>
    fetch(`${netsuite.url}/services/rest/record/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const made = await rest('POST', 'salesOrder', {
    entity: { id: customer },
    orderStatus: { id: 'B' },
    startDate: '2026-01-01',
    recurMonthly: 100,
    recurWeekly: 1.01,
    item: { items: [{ item: { id: '101' }, rate: 100 }] },
  });
  const order = String(made.headers.get('location')).split('/').at(-1);
  expect((await rest('PATCH', `salesOrder/${order}`, { recurMonthly: 150 })).status).toBe(204);
  expect((await rest('POST', `salesOrder/${order}/!transform/invoice`, {})).status).toBe(204);
  expect((await rest('POST', 'invoice', { entity: { id: 'nobody' } })).status).toBe(400);
  const added = await postEnvelope(
    netsuite.url,
    `<add><record xsi:type="Customer"><companyName>Told by SOAP</companyName></record></add>`,
  );
  expect(added.text).toContain('isSuccess="true"');
  const gone = /internalId="(\d+)"/.exec(added.text)?.[1];
  await postEnvelope(
    netsuite.url,
    `<delete><baseRef xsi:type="RecordRef" type="customer" internalId="${gone}"/></delete>`,
  );
  await receiver.wait(5);
  const byVersion = receiver.events().toSorted((a, b) => a.version - b.version);
  expect(byVersion.map(({ recordType, operation }) => `${operation} ${recordType}`)).toEqual([
    'CREATE salesOrder',
    'UPDATE salesOrder',
    'CREATE invoice',
    'CREATE customer',
    'DELETE customer',
  ]);
  expect(byVersion[1]?.amounts).toMatchObject({
    before: { annualRecurring: '1252.52' },
    after: { annualRecurring: '1852.52' },
  });
  expect(byVersion[2]?.amounts.after).toMatchObject({ receivable: '100.00', income: '-100.00' });
  await events.close();
});

test('the changes of the bank that events tell of are those of the ledger', async () => {
  const events = await startEvents();
  const query = createQuery(events.netsuite.url, await getToken(events.netsuite.url));
  const bank = async () => {
    const { body } = await query(
      "SELECT SUM(tal.amount) AS cash FROM transactionaccountingline tal JOIN account a ON a.id = tal.account WHERE a.accttype = 'Bank'",
    );
    return Math.round(Number(body.items[0]?.cash) * 100);
  };
  const before = await bank();
  const { body } = await pay(events, 70.07);
  await events.control('POST', 'change', {
    type: 'UPDATE',
    record: 'customerPayment',
    id: body.id,
    fields: { payment: 0.3 },
  });
  await pay(events, 12);
  await events.receiver.wait(3);
  const told = events.receiver
    .events()
    .reduce(
      (sum, { amounts }) => sum + Math.round((Number(amounts.after.bank) - Number(amounts.before.bank)) * 100),
      0,
    );
  expect((await bank()) - before).toBe(told);
  expect(told).toBe(1230);
  const { body: left } = await events.control('POST', 'change', {
    type: 'DELETE',
    record: 'customerPayment',
    id: body.id,
  });
  expect(left).toEqual({ record: 'customerPayment', id: body.id });
  expect((await events.receiver.wait(4))[3]?.event.amounts).toMatchObject({ before: { bank: '0.30' }, after: none });
  await events.close();
});

test('a change that cannot be made says why, and makes no event', async () => {
  const events = await startEvents();
  const { control } = events;
  expect(
    await control('POST', 'change', { type: 'CREATE', record: 'invoice', fields: { colour: 'red' } }),
  ).toMatchObject({
    status: 400,
    body: { error: { 'o:errorDetails': [{ 'o:errorPath': 'colour' }] } },
  });
  expect((await control('POST', 'change', { type: 'DELETE', record: 'customer', id: 99_999_999 })).status).toBe(404);
  expect((await control('POST', 'change', { type: 'MERGE', record: 'customer' })).status).toBe(400);
  const { body } = await control('POST', 'change', {
    type: 'CREATE',
    record: 'invoice',
    fields: { entity: { id: events.customer } },
    lines: [{ item: { id: '101' }, quantity: 2, rate: 10 }],
  });
  expect((await events.receiver.wait(1))[0]?.event).toMatchObject({ recordId: body.id, recordType: 'invoice' });
  expect(events.receiver.deliveries).toHaveLength(1);
  await events.close();
});

test('what its receiver refuses waits in the outbox until the scheduled script has posted it', async () => {
  const events = await startEvents({ outbox: { resendMs: 60 } }, [503, 500]);
  await pay(events, 5);
  await events.receiver.wait(3);
  const [first, , third] = events.receiver.deliveries;
  expect(third?.event).toEqual(first?.event);
  expect(third?.raw).toEqual(first?.raw);
  await waitFor(async () => (await webhook(events)).outbox.waiting === 0);
  expect((await webhook(events)).outbox).toEqual({ delivered: 1, failures: 2, waiting: 0 });
  await sleep(150);
  expect(events.receiver.deliveries).toHaveLength(3);
  await events.close();
});

test('a save does not fail with its receiver, and nobody is told when nobody is set', async () => {
  const events = await startEvents({ outbox: { resendMs: 60_000, timeoutMs: 200 } });
  await events.control('PUT', 'webhook', { url: 'http://127.0.0.1:1/', secret });
  expect((await pay(events, 5)).status).toBe(200);
  await waitFor(async () => (await webhook(events)).outbox.waiting === 1);
  expect((await webhook(events)).outbox).toMatchObject({ waiting: 1, failures: 1 });
  expect((await events.control('DELETE', 'webhook')).body).toEqual({ webhook: null });
  expect((await pay(events, 6)).status).toBe(200);
  expect((await events.control('PUT', 'webhook', { url: 'ftp://x/', secret })).status).toBe(400);
  await sleep(50);
  expect(events.receiver.deliveries).toHaveLength(0);
  await events.close();
});

test('events are lost, doubled, late and overtaken as the faults say', async () => {
  const events = await startEvents();
  const { netsuite, receiver } = events;
  netsuite.control.setFaults({ events: { drop: 1 } });
  await pay(events, 1);
  netsuite.control.setFaults({ events: { duplicate: 1 } });
  await pay(events, 2);
  await receiver.wait(2);
  const [first, second] = receiver.events();
  expect(second).toEqual(first);
  expect(first?.amounts.after.bank).toBe('2.00');

  netsuite.control.setFaults({ events: { delayMs: 200 } });
  const asked = performance.now();
  await pay(events, 3);
  await receiver.wait(3);
  expect(performance.now() - asked).toBeGreaterThanOrEqual(190);

  netsuite.control.setFaults({ events: { shuffle: 1 } });
  for (let count = 0; count < 20; count += 1) await pay(events, 10 + count);
  await receiver.wait(23);
  const versions = receiver
    .events()
    .slice(3)
    .map(({ version }) => version);
  expect(versions).toHaveLength(20);
  expect(versions).not.toEqual(versions.toSorted((a, b) => a - b));
  await events.close();
});
