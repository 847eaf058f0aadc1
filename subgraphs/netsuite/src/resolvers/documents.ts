import { toFloat, toMoney } from '@customer360/kit/decimal';
import { liveFreshness } from '@customer360/kit/freshness';
import { readAccountId, readFirst } from '../arguments.ts';
import { daysOverdue } from '../definitions/invoices.ts';
import type { Resolvers } from '../generated/resolvers.ts';

export const documentResolvers: Pick<Resolvers, 'Deal' | 'Invoice' | 'Order'> = {
  Deal: {
    __resolveReference: ({ opportunityId, accountId }) => ({
      opportunityId,
      accountId: accountId == null ? null : readAccountId(accountId),
    }),
    async invoices({ accountId }, { first }, { erp }) {
      const count = readFirst(first, 20);
      // A deal without an account has nobody to invoice.
      if (accountId == null) return [];
      return (await erp.invoices(accountId, 'ALL'))?.slice(0, count) ?? null;
    },
    paymentStatus: ({ accountId }, _, { erp }) => (accountId == null ? 'NO_INVOICES' : erp.paymentStatus(accountId)),
    async erpFreshness({ accountId }, _, { erp }) {
      const readAt = accountId == null ? null : await erp.accountReadAt(accountId);
      return readAt && liveFreshness('NETSUITE', readAt);
    },
  },
  Invoice: {
    invoiceId: ({ internalId }) => internalId,
    invoiceNumber: ({ number }) => number,
    status: ({ state }) => state,
    amount: ({ total }) => toFloat(total),
    total: ({ total, currency }) => toMoney(total, currency),
    amountRemaining: ({ remaining, currency }) => toMoney(remaining, currency),
    issuedOn: ({ date }) => date,
    daysOverdue: (invoice, _, { erp }) => daysOverdue(invoice, erp.today),
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
