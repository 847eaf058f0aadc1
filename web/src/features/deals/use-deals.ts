import { useMemo } from 'react';
import { FreshnessFragment, type FreshnessRef } from '../../components/freshness-line.tsx';
import type { DealRowFragment } from '../../generated/graphql.ts';
import { graphql, readFragment } from '../../generated/index.ts';
import { type Reading, worstOf } from '../../lib/reading.ts';
import type { System } from '../../lib/systems.ts';
import { useGraph } from '../../lib/use-graph.ts';
import { invoicesRead, toDealRow } from './deal-row.ts';

const DealRowFields = graphql(`
  fragment DealRow on Deal {
    opportunityId
    accountId
    accountName
    name
    stage
    value {
      amount
      currency
    }
    probability
    closeDate
    account {
      accountId
      erpLink {
        status
      }
    }
    paymentStatus
    invoices(first: $invoices) {
      invoiceId
      invoiceNumber
      status
      amountRemaining {
        amount
        currency
      }
    }
    lastMarketingTouch {
      occurredAt
      kind
      description
    }
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
`);

const DealsQuery = graphql(`
  query Deals($first: Int!, $invoices: Int!) {
    getActivePipeline(first: $first) {
      ...DealRow
    }
  }
`);

export function useDeals(first: number) {
  const variables = useMemo(() => ({ first, invoices: invoicesRead }), [first]);
  const answer = useGraph(DealsQuery, variables, { keepPrevious: true });
  const list = answer.data?.getActivePipeline;
  const table = useMemo(() => {
    const deals = list ? readFragment(DealRowFields, list).filter((deal) => deal !== null) : null;
    // Each row was read or kept by itself; what stands over a column has to be true of all of them.
    const over = (pick: (deal: DealRowFragment) => FreshnessRef | null | undefined) =>
      worstOf((deals ?? []).flatMap((deal) => readFragment(FreshnessFragment, pick(deal)) ?? []));
    const freshness: Record<System, Reading | null> = {
      SALESFORCE: over(({ crmFreshness }) => crmFreshness),
      NETSUITE: over(({ erpFreshness }) => erpFreshness),
      MARKETO: over(({ marketingFreshness }) => marketingFreshness),
    };
    const readings = Object.values(freshness).filter((one) => one !== null);
    return { rows: deals?.map(toDealRow) ?? null, freshness, readings };
  }, [list]);
  return { ...answer, ...table };
}

export type DealsAnswer = ReturnType<typeof useDeals>;
