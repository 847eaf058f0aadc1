import type { Answer } from './answers.ts';
import { quotaDay } from './limits.ts';
import type { Desk, Route } from './routes.ts';

export const usageRoutes: readonly Route[] = [{ path: '/rest/v1/stats/usage.json', operation: 'usage', answer: usage }];

function usage({ meter, apiUser }: Desk): Answer {
  const total = meter.usedToday();
  return { result: [{ date: quotaDay(Date.now()), total, users: [{ userId: apiUser, count: total }] }] };
}
