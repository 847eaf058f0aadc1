import { toFloat } from '@customer360/kit/decimal';
import { liveFreshness } from '@customer360/kit/freshness';
import { burnRate, cashOnHand, grossMargin } from '../definitions/ledger.ts';
import { annualRecurring, monthlyRecurring } from '../definitions/recurring.ts';
import type { Resolvers } from '../generated/resolvers.ts';

export const companyResolvers: Pick<Resolvers, 'DashboardData' | 'FinancialMetrics'> = {
  DashboardData: { financials: () => ({}) },
  FinancialMetrics: {
    arr: async (_, __, { erp }) => toFloat(annualRecurring(await erp.recurring())),
    mrr: async (_, __, { erp }) => toFloat(monthlyRecurring(await erp.recurring())),
    cashOnHand: async (_, __, { erp }) => toFloat(cashOnHand(await erp.ledger())),
    async grossMargin(_, __, { erp }) {
      const margin = grossMargin(await erp.ledger(), erp.today);
      return margin && toFloat(margin);
    },
    burnRate: async (_, __, { erp }) => toFloat(burnRate(await erp.ledger(), erp.today)),
    currency: (_, __, { baseCurrency }) => baseCurrency,
    async freshness(_, __, { erp }) {
      const readAt = await erp.companyReadAt();
      return readAt && liveFreshness('NETSUITE', readAt);
    },
  },
};
