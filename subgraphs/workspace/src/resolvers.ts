import { scalars } from '@customer360/kit/scalars';
import type { Resolvers } from './generated/resolvers.ts';

const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

export const resolvers: Resolvers = {
  ...scalars,
  Query: {
    sourceStatus: (_parent, _arguments, { source }) => source.statuses(),
    sourceStatusOf: (_parent, { source: name }, { source }) => source.status(name),
  },
  SourceStatus: {
    since: ({ since }) => instant(since),
    lastSuccessAt: ({ lastSuccessAt }) => instant(lastSuccessAt),
    servingCachedData: ({ cachedAsOf }) => cachedAsOf !== null,
    cachedAsOf: ({ cachedAsOf }) => instant(cachedAsOf),
    quota: ({ quota }) => quota && { ...quota, resetsAt: instant(quota.resetsAt) },
    nextTryAt: ({ nextTryAt }) => instant(nextTryAt),
  },
};
