import { toFloat } from '@customer360/kit/decimal';
import { burnRate, cashOnHand, grossMargin } from '../definitions/ledger.ts';
import { annualRecurring, monthlyRecurring } from '../definitions/recurring.ts';
import type { Resolvers } from '../generated/resolvers.ts';

export const companyResolvers: Pick<Resolvers, 'DashboardData' | 'FinancialMetrics'> = {
  DashboardData: { financials: () => ({}) },
  FinancialMetrics: {
    arr: async (_, __, { source }) => toFloat(annualRecurring(await source.recurring())),
    mrr: async (_, __, { source }) => toFloat(monthlyRecurring(await source.recurring())),
    cashOnHand: async (_, __, { source }) => toFloat(cashOnHand(await source.ledger())),
    async grossMargin(_, __, { source }) {
      const margin = grossMargin(await source.ledger(), source.today);
      return margin && toFloat(margin);
    },
    burnRate: async (_, __, { source }) => toFloat(burnRate(await source.ledger(), source.today)),
    currency: (_, __, { currency }) => currency,
    freshness: (_, __, { source }) => source.companyFreshness(),
  },
};
