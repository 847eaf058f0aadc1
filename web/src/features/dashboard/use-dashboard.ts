import { FreshnessFragment } from '../../components/freshness-line.tsx';
import { graphql, readFragment } from '../../generated/index.ts';
import type { Reading } from '../../lib/reading.ts';
import { useGraph } from '../../lib/use-graph.ts';

const DashboardQuery = graphql(`
  query Dashboard {
    getDashboardMetrics {
      ...FinancialCards
      ...PipelineCard
      ...CampaignsCard
      financials {
        freshness {
          ...Freshness
        }
      }
      pipelineFreshness {
        ...Freshness
      }
      marketingFreshness {
        ...Freshness
      }
    }
  }
`);

const noVariables = {};

export function useDashboard() {
  const answer = useGraph(DashboardQuery, noVariables, { keepPrevious: true });
  const metrics = answer.data?.getDashboardMetrics ?? null;
  const readings: Reading[] = [
    metrics?.financials?.freshness,
    metrics?.pipelineFreshness,
    metrics?.marketingFreshness,
  ].flatMap((freshness) => readFragment(FreshnessFragment, freshness) ?? []);
  return { ...answer, metrics, readings };
}

export type DashboardAnswer = ReturnType<typeof useDashboard>;
