import { decimal, toFloat, toMoney } from '@customer360/kit/decimal';
import { readFirst } from '@customer360/kit/page';
import { readSalesforceId } from '@customer360/kit/salesforce-id';
import { selectedFields } from '@customer360/kit/selection';
import { readInternalId } from '../arguments.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import type { ErpCustomer } from '../model.ts';
import { readInvoiceFilter } from '../scalars.ts';

type CustomerResolvers = Pick<Resolvers, 'Account' | 'CustomerFinance' | 'CustomerProfile' | 'NetSuiteCustomer'>;

const creditLimit = ({ creditLimit: limit, currency }: ErpCustomer) =>
  limit === null ? null : toMoney(limit, currency);
const openBalance = ({ openBalance: balance, currency }: ErpCustomer) => toMoney(balance, currency);

export const customerResolvers: CustomerResolvers = {
  CustomerProfile: {
    __resolveReference: ({ accountId }) => ({ accountId: readSalesforceId(accountId, 'accountId') }),
    lifetimeValue: async ({ accountId }, _, { source }) =>
      display((await source.link(accountId)).customer?.lifetimeValue),
    openBalance: async ({ accountId }, _, { source }) => display((await source.link(accountId)).customer?.openBalance),
    creditLimit: async ({ accountId }, _, { source }) => display((await source.link(accountId)).customer?.creditLimit),
    paymentTerms: async ({ accountId }, _, { source }) => (await source.link(accountId)).customer?.terms ?? null,
    async finance({ accountId }, _, { source }, info) {
      // Both start at once; the status needs the account's invoices and is read only when asked for.
      const status = selectedFields(info).has('paymentStatus') ? source.paymentStatus(accountId) : undefined;
      const [{ customer }, paymentStatus] = await Promise.all([source.link(accountId), status]);
      return customer && paymentStatus !== null ? { customer, paymentStatus } : null;
    },
    async erpLink({ accountId }, _, { source }) {
      const { customer, candidates } = await source.link(accountId);
      const status = customer ? 'LINKED' : candidates === 0 ? 'NOT_FOUND' : 'AMBIGUOUS';
      return { status, internalId: customer?.internalId ?? null, externalId: accountId, candidates };
    },
    async invoices({ accountId }, { status, first }, { source }) {
      const count = readFirst(first, 50);
      const filter = readInvoiceFilter(status ?? 'ALL');
      return (await source.invoices(accountId, filter))?.slice(0, count) ?? null;
    },
    async recentOrders({ accountId }, { first }, { source }) {
      const count = readFirst(first, 10);
      return (await source.orders(accountId))?.slice(0, count) ?? null;
    },
    erpFreshness: ({ accountId }, _, { source }) => source.accountFreshness(accountId),
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
    async __resolveReference(reference, { source }) {
      if ('internalId' in reference && reference.internalId) {
        return copyOf(await source.customerByInternalId(readInternalId(reference.internalId)));
      }
      if (!('externalId' in reference) || !reference.externalId) return null;
      return copyOf((await source.link(readSalesforceId(reference.externalId, 'externalId'))).customer);
    },
    openBalance,
    creditLimit,
    paymentTerms: ({ terms }) => terms,
    salesforceAccount: ({ externalId }) => (externalId === null ? null : { accountId: externalId }),
  },
  Account: {
    __resolveReference: ({ accountId }) => ({ accountId: readSalesforceId(accountId, 'accountId') }),
    netsuiteCustomer: async ({ accountId }, _, { source }) => (await source.link(accountId)).customer,
  },
};

function display(amount: string | null | undefined): number | null {
  return amount == null ? null : toFloat(amount);
}

/** Apollo writes the name of the type on what a reference gives, and a record in the cache belongs to all. */
function copyOf<Item extends object>(record: Item | null): Item | null {
  return record && { ...record };
}
