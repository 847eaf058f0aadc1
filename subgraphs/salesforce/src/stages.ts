import { decimal, roundDecimal, sumDecimals } from '@customer360/kit/decimal';
import { UpstreamError } from '@customer360/kit/errors';
import type { Answer } from './client.ts';
import type { StageRecord } from './records.ts';

/** Open deals of one stage; amounts are exact decimal text. */
export interface StageSummary {
  stage: string;
  dealCount: number;
  total: string;
  weighted: string;
}

/** Stages of a new org, in the order of the sales process. */
const salesOrder = [
  'Prospecting',
  'Qualification',
  'Needs Analysis',
  'Value Proposition',
  'Id. Decision Makers',
  'Perception Analysis',
  'Proposal/Price Quote',
  'Negotiation/Review',
];

/**
 * Sums the groups of an aggregate query by stage.
 *
 * @throws {UpstreamError} `malformed` when groups are missing: a total without them would be wrong, not incomplete
 */
export function summariseStages({ totalSize, records }: Answer<StageRecord>): StageSummary[] {
  const groups = new Map(records.map((group) => [`${group.probability}:${group.stage}`, group]));
  if (groups.size < totalSize) {
    throw new UpstreamError('SALESFORCE', 'malformed', `an aggregate answer has ${groups.size} of ${totalSize} groups`);
  }
  const byStage = [...Map.groupBy(groups.values(), ({ stage }) => stage)];
  return byStage.map(([stage, parts]) => summarise(stage, parts)).sort(bySalesOrder(groups.values()));
}

function summarise(stage: string, parts: StageRecord[]): StageSummary {
  const weighted = parts.map(({ total, probability }) =>
    decimal(total ?? 0)
      .times(probability ?? 0)
      .div(100),
  );
  return {
    stage,
    dealCount: parts.reduce((sum, { deals }) => sum + deals, 0),
    total: sumDecimals(parts.map(({ total }) => total ?? 0)).toFixed(),
    weighted: roundDecimal(sumDecimals(weighted)).toFixed(),
  };
}

/** Known stages first, then an org's own by how likely they are. */
function bySalesOrder(groups: Iterable<StageRecord>) {
  const likely = new Map<string, number>();
  for (const { stage, probability } of groups) likely.set(stage, Math.max(likely.get(stage) ?? 0, probability ?? 0));
  const rank = (stage: string) => {
    const known = salesOrder.indexOf(stage);
    return known >= 0 ? known : salesOrder.length + (likely.get(stage) ?? 0);
  };
  return (a: StageSummary, b: StageSummary) => rank(a.stage) - rank(b.stage) || a.stage.localeCompare(b.stage);
}
