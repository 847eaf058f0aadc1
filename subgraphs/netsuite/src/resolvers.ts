import { scalars } from '@customer360/kit/scalars';
import { readAccountId, readAccountIds } from './arguments.ts';
import type { Resolvers } from './generated/resolvers.ts';
import { companyResolvers } from './resolvers/company.ts';
import { customerResolvers } from './resolvers/customer.ts';
import { documentResolvers } from './resolvers/documents.ts';
import { invoiceStatusFilter } from './scalars.ts';

export const resolvers: Resolvers = {
  ...scalars,
  InvoiceStatusFilter: invoiceStatusFilter,
  Query: {
    // References only: which calls are needed is known once the fields are.
    getCustomer360: (_, { accountId }) => ({ accountId: readAccountId(accountId) }),
    customer: (_, { id }) => ({ accountId: readAccountId(id, 'id') }),
    getDashboardMetrics: () => ({}),
    netsuiteCustomers: (_, { externalIds }, { erp }) =>
      Promise.all(readAccountIds(externalIds, 'externalIds').map(async (id) => (await erp.link(id)).customer)),
  },
  ...customerResolvers,
  ...documentResolvers,
  ...companyResolvers,
};
