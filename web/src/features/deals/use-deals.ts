import { useMemo } from 'react';
import { FreshnessFragment } from '../../components/freshness-line.tsx';
import { graphql, readFragment } from '../../generated/index.ts';
import type { Reading } from '../../lib/system-state.ts';
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
    // The rows of one answer were read together, so the first row that knows its age speaks for its column.
    const freshness = {
      SALESFORCE: deals?.find(({ crmFreshness }) => crmFreshness)?.crmFreshness ?? null,
      NETSUITE: deals?.find(({ erpFreshness }) => erpFreshness)?.erpFreshness ?? null,
      MARKETO: deals?.find(({ marketingFreshness }) => marketingFreshness)?.marketingFreshness ?? null,
    };
    const readings: Reading[] = Object.values(freshness).flatMap((one) => readFragment(FreshnessFragment, one) ?? []);
    return { rows: deals?.map(toDealRow) ?? null, freshness, readings };
  }, [list]);
  return { ...answer, ...table };
}

export type DealsAnswer = ReturnType<typeof useDeals>;
