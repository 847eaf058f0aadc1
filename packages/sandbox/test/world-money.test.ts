import { openWorld } from '../src/world/world.ts';
import { reader, today } from './world-support.ts';

describe.each([1, 8])('in a world of seed %i', (seed) => {
  const world = openWorld({ seed, size: 500, today });
  afterAll(() => world.close());
  const { count, rows } = reader(world);

  test.each([
    ['a transaction out of balance', '(SELECT SUM(amount) AS s FROM ns_posting GROUP BY transaction_id) WHERE s <> 0'],
    [
      'a posting of nothing by a document in USD',
      "ns_posting p JOIN ns_transaction t ON t.id = p.transaction_id WHERE p.amount = 0 AND t.type <> 'Journal'",
    ],
    [
      'a document that posts without postings, or the reverse',
      'ns_transaction t WHERE posting <> EXISTS (SELECT 1 FROM ns_posting WHERE transaction_id = t.id)',
    ],
    [
      'an application before its invoice',
      'ns_applied a JOIN ns_transaction p ON p.id = a.payment_id JOIN ns_transaction i ON i.id = a.invoice_id WHERE p.tran_date < i.tran_date',
    ],
    [
      'an application across customers or currencies',
      'ns_applied a JOIN ns_transaction p ON p.id = a.payment_id JOIN ns_transaction i ON i.id = a.invoice_id WHERE p.customer_id <> i.customer_id OR p.currency_id <> i.currency_id',
    ],
    [
      'more applied to an invoice than it was for',
      `ns_transaction t WHERE type = 'CustInvc' AND (unpaid < 0 OR paid + unpaid <> total OR paid <> COALESCE((SELECT SUM(amount) FROM ns_applied WHERE invoice_id = t.id), 0))`,
    ],
    [
      'a payment that holds more than is left of it',
      `ns_transaction t WHERE type IN ('CustPymt', 'CustCred') AND total - unapplied <> COALESCE((SELECT SUM(amount) FROM ns_applied WHERE payment_id = t.id), 0)`,
    ],
    ['a transaction in the future', `ns_transaction WHERE tran_date > '${today}'`],
    [
      'an invoice that closed while something was left',
      `ns_transaction WHERE type = 'CustInvc' AND ((closed_at IS NULL) <> (unpaid > 0) OR (status = 'A') <> (unpaid > 0))`,
    ],
    [
      'a due date off its terms',
      `ns_transaction t JOIN ns_term m ON m.id = t.term_id WHERE t.type = 'CustInvc' AND t.due_date <> date(t.tran_date, '+' || m.days || ' days')`,
    ],
    [
      'an invoice on other terms or at another total than its order',
      `ns_transaction i JOIN ns_transaction o ON o.id = i.created_from WHERE i.type = 'CustInvc' AND (i.term_id <> o.term_id OR i.total <> o.total)`,
    ],
  ])('there is not one case of %s', (_, from) => {
    expect(count(from)).toBe(0);
  });

  const invoices = `(SELECT * FROM ns_transaction WHERE type = 'CustInvc')`;
  const payments = `(SELECT * FROM ns_transaction WHERE type = 'CustPymt')`;
  const credits = `(SELECT * FROM ns_transaction WHERE type = 'CustCred')`;
  test.each([
    ['invoices open', invoices, 'unpaid > 0', 0.05, 0.4],
    ['invoices paid in part', invoices, 'paid > 0 AND unpaid > 0', 0.01, 0.08],
    [
      'invoices paid in two parts',
      invoices,
      `(SELECT COUNT(*) FROM ns_applied a JOIN ns_transaction p ON p.id = a.payment_id WHERE a.invoice_id = r.id AND p.type = 'CustPymt') > 1`,
      0.01,
      0.1,
    ],
    ['invoices past due', invoices, `unpaid > 0 AND due_date < '${today}'`, 0.02, 0.3],
    [
      'invoices on other terms than their customer',
      invoices,
      'term_id <> (SELECT term_id FROM ns_customer WHERE id = r.customer_id)',
      0.015,
      0.1,
    ],
    ['payments that are too large', payments, 'unapplied > 0', 0.002, 0.03],
    ['credits that wait', credits, 'unapplied > 0', 0.25, 0.75],
    [
      'credits after a return',
      credits,
      `EXISTS (SELECT 1 FROM ns_transaction WHERE id = r.created_from AND type = 'RtnAuth')`,
      0.25,
      0.75,
    ],
    ['customers in another currency', 'ns_customer', 'currency_id <> 1', 0.3, 0.6],
    [
      'orders that never came from a deal',
      `(SELECT * FROM ns_transaction WHERE type = 'SalesOrd' AND one_time > 0)`,
      'external_id IS NULL',
      0.1,
      0.4,
    ],
  ])('there are %s', (_, table, condition, least, most) => {
    const share = count(`${table} r WHERE ${condition}`) / count(`${table} r`);
    expect(share).toBeGreaterThanOrEqual(least);
    expect(share).toBeLessThanOrEqual(most);
  });

  test('what sales promised is not always what the ERP bills by', () => {
    const promised = rows(
      `SELECT o.description, term.name FROM sf_opportunity o JOIN ns_transaction t ON t.external_id = o.id
       JOIN ns_term term ON term.id = t.term_id WHERE o.description LIKE 'Agreed terms: %'`,
    );
    const kept = promised.filter(({ description, name }) => description === `Agreed terms: ${name}`);
    expect(promised.length).toBeGreaterThan(15);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(promised.length / 2);
  });
});
