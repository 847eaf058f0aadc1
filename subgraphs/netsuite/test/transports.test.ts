import { accountsClaimed, startGraph, startSandbox } from './support.ts';

const profile = `{ accountId lifetimeValue openBalance creditLimit paymentTerms
  finance { lifetimeValue { amount currency } overdueBalance { amount } creditAvailable { amount } paymentStatus }
  erpLink { status internalId candidates }
  open: invoices(status: OPEN) { invoiceId amountRemaining { amount } daysOverdue }
  invoices(first: 200) { invoiceNumber status total { amount currency } issuedOn dueDate }
  recentOrders { orderNumber placedOn status total { amount } } }`;

test('whoever asks cannot tell by which transport NetSuite was read', async () => {
  const sandbox = await startSandbox();
  try {
    await using rest = await startGraph(sandbox.url, { NETSUITE_TRANSPORT: 'rest' });
    await using soap = await startGraph(sandbox.url, { NETSUITE_TRANSPORT: 'soap' });
    const ids = [0, 1, 2].flatMap((times) => accountsClaimed(sandbox.world, times, 40));
    const customers = ids.map((id, index) => `a${index}: customer(id: "${id}") ${profile}`).join('\n');
    const company = 'getDashboardMetrics { financials { arr mrr cashOnHand grossMargin burnRate currency } }';
    const [overRest, overSoap] = await Promise.all([rest, soap].map(({ ask }) => ask(`{ ${customers} ${company} }`)));

    expect(overRest?.errors).toBeUndefined();
    expect(overSoap).toEqual(overRest);
  } finally {
    await sandbox.close();
  }
});
