import type { Org } from './salesforce-support.ts';
import { startOrg } from './salesforce-support.ts';

let org: Org;
beforeAll(async () => {
  org = await startOrg(60, { publishAfterMs: 5 });
});
afterEach(() => org.vendor.control.heal());
afterAll(() => org.close());

type Item = { id?: string; success: boolean; errors: { statusCode: string; message: string }[] };
const accounts = () => org.sql('SELECT id FROM sf_account ORDER BY id LIMIT 50').map(({ id }) => String(id));
const records = (rows: object[]) => rows.map((row) => ({ attributes: { type: 'Account' }, ...row }));
const codes = (items: Item[]) => new Set(items.flatMap(({ errors }) => errors.map(({ statusCode }) => statusCode)));

test('some records of many fail by themselves, each with its own error, the others are written', async () => {
  const ids = accounts();
  org.vendor.control.setFaults({ partial: 0.3 });
  const updates = records(ids.map((Id) => ({ Id, Description: 'partly' })));
  const updated = (await org.call('PATCH', '/composite/sobjects', { records: updates })).body as Item[];
  const creations = records(ids.map((_, index) => ({ Name: `Partly ${index}` })));
  const created = (await org.call('POST', '/composite/sobjects', { records: creations })).body as Item[];
  const written = org.sql("SELECT id FROM sf_account WHERE description = 'partly' ORDER BY id").map(({ id }) => id);
  const [count] = org.sql("SELECT count(*) AS n FROM sf_account WHERE name LIKE 'Partly %'");
  const failed = updated.filter(({ success }) => !success);

  expect(failed.length).toBeGreaterThan(5);
  expect(failed.length).toBeLessThan(30);
  expect(codes(updated)).toEqual(new Set(['UNABLE_TO_LOCK_ROW']));
  expect(codes(created)).toEqual(new Set(['FIELD_CUSTOM_VALIDATION_EXCEPTION']));
  expect(written).toEqual(ids.filter((_, index) => updated[index]?.success));
  expect(count?.n).toBe(created.filter(({ success }) => success).length);
});

test('with all or none one failure takes all back', async () => {
  org.vendor.control.setFaults({ partial: 0.3 });
  const rows = records(accounts().map((Id) => ({ Id, Description: 'wholly' })));
  const items = (await org.call('PATCH', '/composite/sobjects', { allOrNone: true, records: rows })).body as Item[];

  expect(items.every(({ success }) => !success)).toBe(true);
  expect(codes(items)).toEqual(new Set(['UNABLE_TO_LOCK_ROW', 'ALL_OR_NONE_OPERATION_ROLLED_BACK']));
  expect(org.sql("SELECT id FROM sf_account WHERE description = 'wholly'")).toEqual([]);
});

test('some requests of a composite or batch request fail, reads and writes', async () => {
  const ids = accounts().slice(0, 20);
  org.vendor.control.setFaults({ partial: 0.4 });
  const composite = await org.call('POST', '/composite', {
    compositeRequest: ids.map((id, index) => ({
      method: index % 2 ? 'GET' : 'PATCH',
      url: `/services/data/v57.0/sobjects/Account/${id}`,
      referenceId: `r${index}`,
      ...(index % 2 === 0 && { body: { Rating: 'Hot' } }),
    })),
  });
  const batch = await org.call('POST', '/composite/batch', {
    batchRequests: ids.map((id) => ({ method: 'GET', url: `v57.0/sobjects/Account/${id}` })),
  });
  const answers = (
    composite.body as { compositeResponse: { httpStatusCode: number; body: { errorCode: string }[] | null }[] }
  ).compositeResponse;
  const results = (batch.body as { results: { statusCode: number; result: { errorCode: string }[] }[] }).results;
  const codesOf = (parity: number) =>
    new Set(
      answers
        .filter(({ httpStatusCode }, index) => httpStatusCode >= 400 && index % 2 === parity)
        .map(({ body }) => body?.[0]?.errorCode),
    );

  expect([composite.status, batch.status]).toEqual([200, 200]);
  expect(codesOf(0)).toEqual(new Set(['UNABLE_TO_LOCK_ROW']));
  expect(codesOf(1)).toEqual(new Set(['QUERY_TIMEOUT']));
  expect(answers.some(({ httpStatusCode }) => httpStatusCode < 300)).toBe(true);
  expect(new Set(results.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 400]));
});

test('a record that somebody else holds cannot be written, nor what belongs to it', async () => {
  const [held, free] = accounts();
  const contact = await org.call('POST', '/sobjects/Contact', { LastName: 'Locked in', AccountId: held });
  const { id } = contact.body as { id: string };
  const lock = (forMs: number) =>
    fetch(`${org.vendor.url}/_control/change`, {
      method: 'POST',
      body: JSON.stringify({ type: 'LOCK', ids: [held?.slice(0, 15)], forMs }),
    });
  const statuses = async () => [
    (await org.call('PATCH', `/sobjects/Account/${held}`, { Rating: 'Cold' })).status,
    (await org.call('PATCH', `/sobjects/Contact/${id}`, { Title: 'x' })).status,
    (await org.call('POST', '/sobjects/Case', { Subject: 'x', AccountId: held })).status,
    (await org.call('PATCH', `/sobjects/Account/${free}`, { Rating: 'Cold' })).status,
    (await org.call('GET', `/sobjects/Account/${held}`)).status,
  ];
  await lock(60_000);
  const refused = await org.call('PATCH', `/sobjects/Account/${held}`, { Rating: 'Cold' });
  const during = await statuses();
  await lock(0);
  const after = await statuses();

  expect(refused.body).toEqual([
    {
      errorCode: 'UNABLE_TO_LOCK_ROW',
      message: `unable to obtain exclusive access to this record or 1 records: ${held}`,
      fields: [],
    },
  ]);
  expect(during).toEqual([400, 400, 400, 204, 200]);
  expect(after).toEqual([204, 204, 201, 204, 200]);
});

test('a graph may be fifteen nodes deep', async () => {
  const chain = (length: number) => ({
    graphs: [
      {
        graphId: 'g',
        compositeRequest: Array.from({ length }, (_, index) => ({
          method: 'POST',
          url: '/services/data/v57.0/sobjects/Account',
          referenceId: `n${index}`,
          body: { Name: `Node ${index}`, ...(index > 0 && { ParentId: `@{n${index - 1}.id}` }) },
        })),
      },
    ],
  });
  const whole = await org.call('POST', '/composite/graph', chain(15));
  const deep = await org.call('POST', '/composite/graph', chain(16));

  expect((whole.body as { graphs: { isSuccessful: boolean }[] }).graphs[0]?.isSuccessful).toBe(true);
  expect([deep.status, (deep.body as { errorCode: string }[])[0]?.errorCode]).toEqual([400, 'LIMIT_EXCEEDED']);
});

test('only so many requests may be long at once', async () => {
  const busy = await startOrg(10, { longMs: 60, longRequests: 3 });
  busy.vendor.control.setFaults({ latencyMs: 300 });
  const long = [1, 2, 3].map(() => busy.get('/limits'));
  await new Promise((resolve) => setTimeout(resolve, 120));
  const refused = await busy.get('/limits');
  const answers = await Promise.all(long);
  const later = await busy.get('/limits');
  await busy.close();

  expect([refused.status, refused.body]).toEqual([
    403,
    [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'ConcurrentPerOrgLongTxn Limit exceeded.' }],
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(later.status).toBe(200);
});
