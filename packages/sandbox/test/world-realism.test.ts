import { openWorld } from '../src/world/world.ts';
import { reader, today } from './world-support.ts';

const scripts = ['Cyrillic', 'Greek', 'Han', 'Katakana', 'Hangul', 'Arabic', 'Hebrew', 'Latin'];

describe.each([1, 8])('in a world of seed %i', (seed) => {
  const world = openWorld({ seed, size: 500, today });
  afterAll(() => world.close());
  const { count, rows, texts } = reader(world);

  test.each(scripts)('there are companies and people with %s names', (script) => {
    const letters = new RegExp(`\\p{Script=${script}}`, 'u');
    expect(texts('SELECT name FROM sf_account').filter((name) => letters.test(name)).length).toBeGreaterThan(0);
    const people = texts(`SELECT first_name || ' ' || last_name FROM mk_lead`);
    expect(people.filter((name) => letters.test(name)).length).toBeGreaterThan(0);
  });

  test('one company in ten or more has marks on its letters, and no name or account is there twice', () => {
    const names = texts('SELECT name FROM sf_account');
    expect(names.filter((name) => /\p{Script=Latin}\p{Mark}/u.test(name.normalize('NFD'))).length).toBeGreaterThan(50);
    expect(new Set(names).size).toBe(500);
  });

  // Of how many rows, which part, at least and at most.
  test.each([
    [
      'accounts without an ERP customer',
      'sf_account',
      'NOT EXISTS (SELECT 1 FROM ns_customer WHERE external_id = r.id)',
      0.06,
      0.18,
    ],
    [
      'accounts that two ERP customers claim',
      'sf_account',
      '(SELECT COUNT(*) FROM ns_customer WHERE external_id = r.id) > 1',
      0.005,
      0.06,
    ],
    ['ERP customers without an account', 'ns_customer', 'external_id IS NULL', 0.01, 0.05],
    ['ERP customers without a credit limit', 'ns_customer', 'credit_limit IS NULL', 0.04, 0.2],
    [
      'ERP customers by another name',
      'ns_customer',
      'company_name <> (SELECT name FROM sf_account WHERE id = r.external_id)',
      0.1,
      0.35,
    ],
    ['people without an account in Marketo', 'mk_lead', 'sf_account_id IS NULL', 0.01, 0.06],
    ['people Salesforce never saw', 'mk_lead', 'sf_contact_id IS NULL', 0.1, 0.35],
    ['people without an e-mail address', 'mk_lead', 'email IS NULL', 0.005, 0.08],
    ['people without a score', 'mk_lead', 'lead_score IS NULL', 0.02, 0.1],
    [
      'people who work for another company than they say',
      'mk_lead',
      'company <> (SELECT name FROM sf_account WHERE id = r.sf_account_id)',
      0.03,
      0.2,
    ],
    [
      'people Marketo knows under two accounts',
      'mk_lead',
      `EXISTS (SELECT 1 FROM mk_lead o WHERE o.email = r.email AND o.sf_account_id <> r.sf_account_id)`,
      0.01,
      0.12,
    ],
    [
      'contacts that another account has too',
      'sf_contact',
      'EXISTS (SELECT 1 FROM sf_contact o WHERE o.email = r.email AND o.account_id <> r.account_id)',
      0.01,
      0.1,
    ],
    ['contacts without an account', 'sf_contact', 'account_id IS NULL', 0.005, 0.04],
    [
      'contacts Marketo does not have',
      'sf_contact',
      'NOT EXISTS (SELECT 1 FROM mk_lead WHERE sf_contact_id = r.id)',
      0.08,
      0.3,
    ],
    [
      'contacts that a campaign reached',
      'sf_contact',
      'EXISTS (SELECT 1 FROM sf_campaign_member WHERE contact_id = r.id)',
      0.4,
      0.8,
    ],
    ['people with a touch', 'mk_lead', 'EXISTS (SELECT 1 FROM mk_member WHERE lead_id = r.id)', 0.5, 1],
    ['touches that succeeded', 'mk_member', 'reached_success = 1', 0.4, 0.7],
    ['deals without an amount', 'sf_opportunity', 'amount IS NULL', 0.02, 0.1],
    ['deals without an account', 'sf_opportunity', 'account_id IS NULL', 0.0005, 0.02],
    ['open deals', 'sf_opportunity', 'is_closed = 0', 0.3, 0.5],
    [
      'deals on the books of no ERP',
      `(SELECT * FROM sf_opportunity WHERE is_won = 1)`,
      'NOT EXISTS (SELECT 1 FROM ns_transaction WHERE external_id = r.id)',
      0.15,
      0.5,
    ],
    ['accounts of unknown revenue', 'sf_account', 'annual_revenue IS NULL', 0.02, 0.1],
  ])('there are %s', (_, table, condition, least, most) => {
    const share = count(`${table} r WHERE ${condition}`) / count(`${table} r`);
    expect(share).toBeGreaterThanOrEqual(least);
    expect(share).toBeLessThanOrEqual(most);
  });

  test('names disagree in their suffix, their spelling and their script', () => {
    const pairs = rows(
      'SELECT a.name, c.company_name AS other FROM sf_account a JOIN ns_customer c ON c.external_id = a.id',
    );
    const differing = pairs
      .map(({ name, other }) => [String(name), String(other)] as const)
      .filter(([a, b]) => a !== b);
    const plain = (name: string) =>
      name
        .normalize('NFD')
        .replace(/\p{Mark}/gu, '')
        .toUpperCase();
    const isLatin = (name: string) => !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(name);
    const spelled = differing.filter(([a, b]) => plain(a) === plain(b));
    const script = differing.filter(([a, b]) => isLatin(b) && !isLatin(a));
    const suffix = differing.filter(
      ([a, b]) => a.split(' ').slice(0, 3).join(' ') === b.split(' ').slice(0, 3).join(' '),
    );
    expect(Math.min(spelled.length, script.length, suffix.length)).toBeGreaterThan(5);
    // What stays is the number that every company has in its name.
    for (const [a, b] of differing) expect(/\d+/.exec(b)?.[0]).toBe(/\d+/.exec(a)?.[0]);
  });

  test('every order that names a deal came from a won deal of its account, after it closed, and none twice', () => {
    const orders = rows(
      `SELECT t.external_id AS id, t.tran_date, c.external_id AS customer, o.account_id, o.is_won, o.close_date
       FROM ns_transaction t JOIN ns_customer c ON c.id = t.customer_id LEFT JOIN sf_opportunity o ON o.id = t.external_id
       WHERE t.type = 'SalesOrd' AND t.external_id IS NOT NULL`,
    );
    expect(orders.length).toBeGreaterThan(100);
    expect(new Set(orders.map(({ id }) => id)).size).toBe(orders.length);
    for (const { account_id, customer, is_won, tran_date, close_date } of orders) {
      expect(is_won).toBe(1);
      expect([customer, null]).toContain(account_id);
      expect(String(tran_date) >= String(close_date)).toBe(true);
    }
  });

  test('most orders are worth what their deal promised, at the rate of the day', () => {
    const orders = rows(
      `SELECT t.total * CAST(t.exchange_rate AS REAL) / o.amount AS share FROM ns_transaction t
       JOIN sf_opportunity o ON o.id = t.external_id WHERE t.type = 'SalesOrd' AND o.amount IS NOT NULL`,
    ).map(({ share }) => Number(share));
    const exact = orders.filter((share) => Math.abs(share - 1) < 1e-5).length / orders.length;
    expect(exact).toBeGreaterThan(0.7);
    expect(exact).toBeLessThan(0.95);
    expect(Math.min(...orders)).toBeGreaterThan(0.8);
  });
});

test('a smaller world is the beginning of a larger one, and another seed is another world', () => {
  const accounts = (seed: number, size: number) => {
    const world = openWorld({ seed, size, today });
    const read = reader(world);
    const found = [
      read.rows('SELECT * FROM sf_account ORDER BY id LIMIT 40'),
      read.rows(`SELECT * FROM sf_opportunity WHERE account_id IN (SELECT id FROM sf_account ORDER BY id LIMIT 40)`),
      read.rows('SELECT external_id, company_name FROM ns_customer WHERE external_id > 0 ORDER BY id LIMIT 30'),
    ];
    world.close();
    return found;
  };
  expect(accounts(1, 40)).toEqual(accounts(1, 80));
  expect(accounts(2, 40)).not.toEqual(accounts(1, 40));
});
