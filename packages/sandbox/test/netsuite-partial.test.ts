import { postEnvelope } from './netsuite-soap-support.ts';
import type { Sandbox } from './netsuite-support.ts';
import { startSandbox } from './netsuite-support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.control.heal());
afterAll(() => sandbox.close());

const numbers = Array.from({ length: 40 }, (_, index) => index);
const post = (body: string) => postEnvelope(sandbox.url, body);
const parts = (text: string, name: string) => text.match(new RegExp(`<${name}>.*?</${name}>`, 'gs')) ?? [];
const failed = (part: string) => part.includes('isSuccess="false"') && part.includes('>UNEXPECTED_ERROR<');

test('some records of a list write fail by themselves, and only the others are written', async () => {
  const records = numbers.map(
    (n) => `<record xsi:type="Customer" externalId="partial-${n}"><companyName>Partial ${n}</companyName></record>`,
  );
  sandbox.control.setFaults({ partial: 0.5 });
  const { status, text } = await post(`<addList>${records.join('')}</addList>`);
  expect(status).toBe(200);
  const answers = parts(text, 'writeResponse');
  expect(answers).toHaveLength(40);
  expect(answers.filter(failed).length).toBeGreaterThan(5);
  expect(answers.filter(failed).length).toBeLessThan(35);
  const written = sandbox.world.db
    .prepare("SELECT external_id AS id FROM ns_customer WHERE external_id LIKE 'partial-%' ORDER BY id")
    .all()
    .map(({ id }) => id);
  expect(written.toSorted()).toEqual(
    numbers
      .filter((n) => !failed(answers[n] ?? ''))
      .map((n) => `partial-${n}`)
      .toSorted(),
  );
});

test('some records of a list read fail by themselves, in their places', async () => {
  const ids = sandbox.world.db.prepare('SELECT id FROM ns_customer ORDER BY id LIMIT 40').all();
  const references = ids.map(({ id }) => `<baseRef xsi:type="RecordRef" type="customer" internalId="${id}"/>`);
  sandbox.control.setFaults({ partial: 0.5 });
  const answers = parts((await post(`<getList>${references.join('')}</getList>`)).text, 'readResponse');
  expect(answers).toHaveLength(40);
  for (const [index, answer] of answers.entries()) {
    if (!failed(answer)) expect(answer).toContain(`internalId="${ids[index]?.id}"`);
  }
  expect(new Set(answers.map(failed))).toEqual(new Set([true, false]));
});

test('a job of which some records failed says so', async () => {
  const references = [1, 2].map((id) => `<baseRef xsi:type="RecordRef" type="customer" internalId="${id}"/>`);
  const { text } = await post(`<asyncGetList>${references.join('')}</asyncGetList>`);
  const jobId = /<platformCore:jobId>([^<]+)</.exec(text)?.[1] ?? '';
  const check = await post(`<checkAsyncStatus><jobId>${jobId}</jobId></checkAsyncStatus>`);
  expect(check.text).toContain('<platformCore:status>finishedWithErrors</platformCore:status>');
  const result = (page: number) =>
    post(`<getAsyncResult><jobId>${jobId}</jobId><pageIndex>${page}</pageIndex></getAsyncResult>`);
  expect((await result(1)).text).toContain('>RCRD_DSNT_EXIST<');
  const beyond = await result(2);
  expect([beyond.status, beyond.text]).toEqual([500, expect.stringMatching(/asyncFault.*INVALID_PAGE_INDEX/s)]);
});

test('one record alone is not a list', async () => {
  sandbox.control.setFaults({ partial: 1 });
  const { text } = await post(`<add><record xsi:type="Customer"><companyName>Alone</companyName></record></add>`);
  expect(text).toContain('isSuccess="true"');
});
