import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { XMLParser } from 'fast-xml-parser';
import type { Org } from './salesforce-support.ts';
import { startOrg } from './salesforce-support.ts';

let org: Org;
let listener: Server;
let url = '';
const received: string[] = [];
/** What the next messages are answered with; acknowledged when nothing is left. */
let answers: { status: number; body: string }[] = [];
const acknowledgement = (ack: boolean) => ({
  status: 200,
  body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>${ack}</Ack></notificationsResponse></s:Body></s:Envelope>`,
});

beforeAll(async () => {
  org = await startOrg(10, { publishAfterMs: 5 });
  listener = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push(body);
    const answer = answers.shift() ?? acknowledgement(true);
    response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/notify`;
});
beforeEach(() => {
  received.length = 0;
  answers = [];
});
afterAll(async () => {
  listener.closeAllConnections();
  listener.close();
  await org.close();
});

const control = async (method: string, body?: object) => {
  const response = await fetch(`${org.vendor.url}/_control/webhook`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
};
const listenTo = (object: string, fields: string[]) => control('PUT', { url, object, fields, retryMs: 20 });

async function until(done: () => boolean) {
  for (let rounds = 0; rounds < 200 && !done(); rounds += 1) await new Promise((resolve) => setTimeout(resolve, 10));
}

const parser = new XMLParser({ removeNSPrefix: true, ignoreAttributes: false, parseTagValue: false });
interface Sent {
  OrganizationId: string;
  Notification: { Id: string; sObject: Record<string, string> } | { Id: string; sObject: Record<string, string> }[];
}
const parse = (text: string) => parser.parse(text).Envelope.Body.notifications as Sent;
const records = () => received.flatMap((text) => [parse(text).Notification].flat().map(({ sObject }) => sObject));

test('what is created and changed is posted with the chosen fields, what has no value left out', async () => {
  const set = await listenTo('account', ['name', 'Rating', 'CreatedDate']);
  const made = await org.call('POST', '/sobjects/Account', { Name: `Ben & "Jerry" <'s>` });
  const { id } = made.body as { id: string };
  await until(() => received.length === 1);
  await org.call('PATCH', `/sobjects/Account/${id}`, { Rating: 'Hot' });
  await org.call('POST', '/sobjects/Case', { Subject: 'Not asked for' });
  await until(() => received.length === 2);

  expect(set.body).toMatchObject({ webhook: { url, object: 'Account', fields: ['Name', 'Rating', 'CreatedDate'] } });
  expect(parse(received[0] ?? '').OrganizationId).toBe('00DHs0000000001MAA');
  expect(records()[0]).toEqual({
    '@_type': 'sf:Account',
    Id: id,
    Name: `Ben & "Jerry" <'s>`,
    CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
  });
  expect(records()[1]).toMatchObject({ Rating: 'Hot' });
  expect(received).toHaveLength(2);
});

test('a message that is not acknowledged comes again, with the same notification', async () => {
  await listenTo('Account', ['Name']);
  answers = [{ status: 503, body: '' }, acknowledgement(false), { status: 200, body: 'thanks' }];
  await org.call('POST', '/sobjects/Account', { Name: 'Again' });
  await until(() => received.length === 4);
  await new Promise((resolve) => setTimeout(resolve, 100));

  expect(received).toHaveLength(4);
  expect(new Set(received).size).toBe(1);
});

test('a message holds up to a hundred notifications', async () => {
  await listenTo('Account', ['Name']);
  const rows = Array.from({ length: 150 }, (_, index) => ({ attributes: { type: 'Account' }, Name: `Many ${index}` }));
  await org.call('POST', '/composite/sobjects', { records: rows });
  await until(() => records().length === 150);
  const sizes = received.map((text) => [parse(text).Notification].flat().length);

  expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
  expect(new Set(records().map(({ Name }) => Name)).size).toBe(150);
});

test('nobody is told when nobody is to be, and nonsense is refused', async () => {
  const removed = await control('DELETE');
  await org.call('POST', '/sobjects/Account', { Name: 'Untold' });
  const wrong = [
    await listenTo('Nothing', ['Name']),
    await listenTo('Account', ['Nope']),
    await control('PUT', { url: 'nowhere', object: 'Account' }),
  ];
  await new Promise((resolve) => setTimeout(resolve, 50));

  expect(removed.body).toEqual({ webhook: null });
  expect(wrong.map(({ status }) => status)).toEqual([400, 400, 400]);
  expect(received).toEqual([]);
});
