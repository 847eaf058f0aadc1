import { decimal, toFloat, toMoney } from '@customer360/kit/decimal';
import { liveFreshness } from '@customer360/kit/freshness';
import { selectedFields } from '@customer360/kit/selection';
import { readAccountId, readFirst, readInternalId } from '../arguments.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { readInvoiceFilter } from '../scalars.ts';
import type { ErpCustomer } from '../source.ts';

type CustomerResolvers = Pick<Resolvers, 'Account' | 'CustomerFinance' | 'CustomerProfile' | 'NetSuiteCustomer'>;

const creditLimit = ({ creditLimit: limit, currency }: ErpCustomer) =>
  limit === null ? null : toMoney(limit, currency);
const openBalance = ({ openBalance: balance, currency }: ErpCustomer) => toMoney(balance, currency);

export const customerResolvers: CustomerResolvers = {
  CustomerProfile: {
    __resolveReference: ({ accountId }) => ({ accountId: readAccountId(accountId) }),
    lifetimeValue: async ({ accountId }, _, { erp }) => display((await erp.link(accountId)).customer?.lifetimeValue),
    openBalance: async ({ accountId }, _, { erp }) => display((await erp.link(accountId)).customer?.openBalance),
    creditLimit: async ({ accountId }, _, { erp }) => display((await erp.link(accountId)).customer?.creditLimit),
    paymentTerms: async ({ accountId }, _, { erp }) => (await erp.link(accountId)).customer?.terms ?? null,
    async finance({ accountId }, _, { erp }, info) {
      // Both start at once; the status needs the account's invoices and is read only when asked for.
      const status = selectedFields(info).has('paymentStatus') ? erp.paymentStatus(accountId) : undefined;
      const [{ customer }, paymentStatus] = await Promise.all([erp.link(accountId), status]);
      return customer && paymentStatus !== null ? { customer, paymentStatus } : null;
    },
    async erpLink({ accountId }, _, { erp }) {
      const { customer, candidates } = await erp.link(accountId);
      const status = customer ? 'LINKED' : candidates === 0 ? 'NOT_FOUND' : 'AMBIGUOUS';
      return { status, internalId: customer?.internalId ?? null, externalId: accountId, candidates };
    },
    async invoices({ accountId }, { status, first }, { erp }) {
      const count = readFirst(first, 50);
      const filter = readInvoiceFilter(status ?? 'ALL');
      return (await erp.invoices(accountId, filter))?.slice(0, count) ?? null;
    },
    async recentOrders({ accountId }, { first }, { erp }) {
      const count = readFirst(first, 10);
      return (await erp.orders(accountId))?.slice(0, count) ?? null;
    },
    async erpFreshness({ accountId }, _, { erp }) {
      const readAt = await erp.accountReadAt(accountId);
      return readAt && liveFreshness('NETSUITE', readAt);
    },
  },
  CustomerFinance: {
    lifetimeValue: ({ customer }) => toMoney(customer.lifetimeValue, customer.currency),
    openBalance: ({ customer }) => openBalance(customer),
    overdueBalance: ({ customer }) => toMoney(customer.overdueBalance, customer.currency),
    creditLimit: ({ customer }) => creditLimit(customer),
    creditAvailable: ({ customer }) =>
      customer.creditLimit === null
        ? null
        : toMoney(decimal(customer.creditLimit).minus(decimal(customer.openBalance)), customer.currency),
    paymentTerms: ({ customer }) => customer.terms,
    paymentStatus({ paymentStatus }) {
      if (!paymentStatus) throw new Error('finance was loaded without the payment status');
      return paymentStatus;
    },
  },
  NetSuiteCustomer: {
    async __resolveReference(reference, { erp }) {
      if ('internalId' in reference && reference.internalId) {
        return erp.customerByInternalId(readInternalId(reference.internalId));
      }
      if (!('externalId' in reference) || !reference.externalId) return null;
      return (await erp.link(readAccountId(reference.externalId, 'externalId'))).customer;
    },
    openBalance,
    creditLimit,
    paymentTerms: ({ terms }) => terms,
    salesforceAccount: ({ externalId }) => (externalId === null ? null : { accountId: externalId }),
  },
  Account: {
    __resolveReference: ({ accountId }) => ({ accountId: readAccountId(accountId) }),
    netsuiteCustomer: async ({ accountId }, _, { erp }) => (await erp.link(accountId)).customer,
  },
};

function display(amount: string | null | undefined): number | null {
  return amount == null ? null : toFloat(amount);
}
