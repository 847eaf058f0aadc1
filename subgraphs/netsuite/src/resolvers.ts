import { readSalesforceId } from '@customer360/kit/salesforce-id';
import { scalars } from '@customer360/kit/scalars';
import { readAccountIds } from './arguments.ts';
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
    getCustomer360: (_, { accountId }) => ({ accountId: readSalesforceId(accountId, 'accountId') }),
    customer: (_, { id }) => ({ accountId: readSalesforceId(id, 'id') }),
    getDashboardMetrics: () => ({}),
    netsuiteCustomers: (_, { externalIds }, { source }) =>
      Promise.all(readAccountIds(externalIds, 'externalIds').map(async (id) => (await source.link(id)).customer)),
  },
  ...customerResolvers,
  ...documentResolvers,
  ...companyResolvers,
};
