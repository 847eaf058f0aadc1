import { useMemo } from 'react';
import { FreshnessFragment } from '../../components/freshness-line.tsx';
import { graphql, readFragment } from '../../generated/index.ts';
import type { Reading } from '../../lib/reading.ts';
import { useGraph } from '../../lib/use-graph.ts';

const CustomerQuery = graphql(`
  query Customer($id: ID!) {
    customer(id: $id) {
      accountId
      ...CustomerHead
      ...FinanceSection
      ...InvoicesSection
      ...OrdersSection
      ...TicketsSection
      ...OpportunitiesSection
      ...EngagementSection
      crmFreshness {
        ...Freshness
      }
      erpFreshness {
        ...Freshness
      }
      marketingFreshness {
        ...Freshness
      }
    }
  }
`);

/** The open customer; without an account nothing is asked. */
export function useCustomer(account: string | null) {
  const variables = useMemo(() => ({ id: account ?? '' }), [account]);
  const answer = useGraph(CustomerQuery, variables, { skip: account === null });
  const customer = answer.data?.customer ?? null;
  const readings: Reading[] = [customer?.crmFreshness, customer?.erpFreshness, customer?.marketingFreshness].flatMap(
    (freshness) => readFragment(FreshnessFragment, freshness) ?? [],
  );
  return { ...answer, customer, readings };
}

export type CustomerAnswer = ReturnType<typeof useCustomer>;
