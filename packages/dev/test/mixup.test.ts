import { accountIds, contestedIds, expectedCustomer } from './expected.ts';
import { startProduct } from './product.ts';

const scrambles = [
  { shuffle: true, drop: 0, duplicate: 0.4 },
  { shuffle: true, drop: 0.3, duplicate: 0.3 },
];

test.each(scrambles.flatMap((scramble) => ['rest', 'soap'].map((transport) => ({ transport, scramble }))))(
  'fifty accounts at once, vendor answers scrambled by $scramble, NetSuite over $transport: nobody sees somebody else',
  async ({ transport, scramble }) => {
    await using product = await startProduct({ env: { NETSUITE_TRANSPORT: transport, MAX_ALIASES: '100' } });
    const ids = [...new Set([...accountIds(product.world, 40), ...contestedIds(product.world).slice(0, 10)])];
    expect(contestedIds(product.world).length).toBeGreaterThan(1);
    for (const vendor of ['netsuite', 'salesforce', 'marketo'] as const) product.setFaults(vendor, { scramble });

    const fields = `accountId name openBalance creditLimit engagementScore marketingPeople { leadId } invoices(status: "OPEN") { invoiceNumber }`;
    const query = `{ ${ids.map((id, index) => `a${index}: customer(id: "${id}") { ${fields} }`).join('\n')} }`;
    const { data, errors } = await product.ask(query);
    const unexpected = errors.filter(({ extensions }) => extensions.code !== 'UPSTREAM_MALFORMED');
    expect(unexpected).toEqual([]);

    let shown = 0;
    ids.forEach((id, index) => {
      const customer = data[`a${index}`];
      const expected = expectedCustomer(product.world, id);
      // A row that the vendor left out leaves a gap; a gap is never filled with another account's row.
      if (customer === null) return;
      shown += 1;
      expect(customer.accountId).toBe(id);
      expect([expected.name, null]).toContain(customer.name);
      const invoices = customer.invoices?.map((each: { invoiceNumber: string }) => each.invoiceNumber).sort() ?? null;
      const own = openInvoices(expected);
      // The ERP's figures and lists are whole or not there: a part of them, or one of two claimants, would be wrong.
      expect([expected.openBalance, null]).toContain(customer.openBalance);
      expect([expected.creditLimit, null]).toContain(customer.creditLimit);
      if (invoices !== null) expect(invoices).toEqual(own);
      const leads = product.world.db.prepare('SELECT id FROM mk_lead WHERE sf_account_id = ?').all(id) as {
        id: number;
      }[];
      const ownLeads = new Set(leads.map((lead) => String(lead.id)));
      const people = (customer.marketingPeople ?? []).map((person: { leadId: string }) => person.leadId);
      expect(people.filter((leadId: string) => !ownLeads.has(leadId))).toEqual([]);
      expect(new Set(people).size).toBe(people.length);
      if (scramble.drop === 0) {
        expect(customer).toMatchObject({
          name: expected.name,
          openBalance: expected.openBalance,
          creditLimit: expected.creditLimit,
          engagementScore: expected.engagementScore,
        });
        expect(invoices).toEqual(own);
      }
    });
    expect(shown).toBeGreaterThan(15);
  },
  30_000,
);

function openInvoices({ openInvoices: invoices }: ReturnType<typeof expectedCustomer>): string[] | null {
  return invoices?.map(({ invoiceNumber }) => String(invoiceNumber)).sort() ?? null;
}
