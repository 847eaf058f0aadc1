import { toFloat, toMoney } from '@customer360/kit/decimal';
import { readFirst } from '@customer360/kit/page';
import { readSalesforceId } from '@customer360/kit/salesforce-id';
import { daysOverdue } from '../definitions/invoices.ts';
import type { Resolvers } from '../generated/resolvers.ts';

export const documentResolvers: Pick<Resolvers, 'Deal' | 'Invoice' | 'Order'> = {
  Deal: {
    __resolveReference: ({ opportunityId, accountId }) => ({
      opportunityId,
      accountId: accountId == null ? null : readSalesforceId(accountId, 'accountId'),
    }),
    async invoices({ accountId }, { first }, { source }) {
      const count = readFirst(first, 20);
      // A deal without an account has nobody to invoice.
      if (accountId == null) return [];
      return (await source.invoices(accountId, 'ALL'))?.slice(0, count) ?? null;
    },
    paymentStatus: ({ accountId }, _, { source }) =>
      accountId == null ? 'NO_INVOICES' : source.paymentStatus(accountId),
    erpFreshness: ({ accountId }, _, { source }) => (accountId == null ? null : source.accountFreshness(accountId)),
  },
  Invoice: {
    invoiceId: ({ internalId }) => internalId,
    invoiceNumber: ({ number }) => number,
    status: ({ state }) => state,
    amount: ({ total }) => toFloat(total),
    total: ({ total, currency }) => toMoney(total, currency),
    amountRemaining: ({ remaining, currency }) => toMoney(remaining, currency),
    issuedOn: ({ date }) => date,
    daysOverdue: (invoice, _, { source }) => daysOverdue(invoice, source.today),
    customer: ({ accountId }) => ({ accountId }),
  },
  Order: {
    orderId: ({ internalId }) => internalId,
    orderNumber: ({ number }) => number,
    placedOn: ({ date }) => date,
    total: ({ total, currency }) => toMoney(total, currency),
    amount: ({ total }) => toFloat(total),
  },
};
