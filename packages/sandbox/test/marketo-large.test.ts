import { openMarketo, rows, world } from './marketo-support.ts';

/** Limits that only large instances meet. */
const numbers = (count: number) =>
  `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`;
const at = "'2026-01-01T00:00:00Z'";
const crowd = (from: number, count: number) =>
  world.db.exec(
    `INSERT INTO mk_lead (id, email, sf_account_id, unsubscribed, created_at, updated_at)
     ${numbers(count)} SELECT ${from} + n, 'crowd' || n || '@large.example', 'crowd${from}', 0, ${at}, ${at} FROM numbers`,
  );
const errorOf = async (path: string) => {
  await using marketo = await openMarketo();
  return (await marketo.call(path)).errors;
};

test('a filter may match 1,000 people and not one more', async () => {
  crowd(5_000_000, 1000);
  crowd(6_000_000, 1001);
  const path = '/rest/v1/leads.json?filterType=sfdcAccountId&filterValues=crowd';

  expect(await errorOf(`${path}5000000`)).toBeUndefined();
  expect(await errorOf(`${path}6000000`)).toEqual([{ code: '1003', message: 'Too many results match the filter' }]);
});

test('the log of a list is told for fewer than 10,000 people', async () => {
  const fill = (count: number) =>
    world.db.exec(`INSERT INTO mk_list_member ${numbers(count)} SELECT 1002, 7000000 + n FROM numbers`);
  const path = async (marketo: Awaited<ReturnType<typeof openMarketo>>) => {
    const token = (await marketo.call('/rest/v1/activities/pagingtoken.json?sinceDatetime=2026-11-01')).nextPageToken;
    return marketo.call(`/rest/v1/activities.json?activityTypeIds=12&listId=1002&nextPageToken=${token}`);
  };
  await using marketo = await openMarketo();
  fill(9_999);
  const below = await path(marketo);
  world.db.exec('INSERT INTO mk_list_member VALUES (1002, 8000000)');

  expect([below.success, (await path(marketo)).errors?.[0]?.code]).toEqual([true, '1003']);
});

test('members of a program with more than 100,000 of them are refused, and the message tells how many there are', async () => {
  const [lead] = rows('SELECT id FROM mk_lead LIMIT 1');
  const [program] = rows(
    'SELECT p.id, count(m.id) n FROM mk_program p LEFT JOIN mk_member m ON m.program_id = p.id GROUP BY 1 LIMIT 1',
  );
  const add = (from: number, count: number) =>
    world.db.exec(
      `INSERT INTO mk_member (id, program_id, lead_id, status, reached_success, acquired_by, joined_at, updated_at)
       ${numbers(count)} SELECT ${from} + n, ${program?.id}, ${lead?.id}, 'Member', 0, 0, ${at}, ${at} FROM numbers`,
    );
  const path = `/rest/v1/programs/${program?.id}/members.json?filterType=leadId&filterValues=1`;
  add(1_000_000, 100_000 - Number(program?.n));
  expect(await errorOf(path)).toBeUndefined();
  add(2_000_000, 1);

  expect(await errorOf(path)).toEqual([{ code: '1003', message: expect.stringMatching(/100001 .* 100000/) }]);
});

test('thirty people at most in a question to the log, and ten types', async () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1).join();
  await using marketo = await openMarketo();
  const token = (await marketo.call('/rest/v1/activities/pagingtoken.json?sinceDatetime=2026-11-01')).nextPageToken;
  const ask = async (types: number, people: number) =>
    (
      await marketo.call(
        `/rest/v1/activities.json?activityTypeIds=${ids(types)}&leadIds=${ids(people)}&nextPageToken=${token}`,
      )
    ).errors?.[0]?.code;

  expect([await ask(10, 30), await ask(11, 30), await ask(10, 31)]).toEqual([undefined, '1003', '1003']);
});
