import type { Answer } from './answers.ts';
import type { Desk, Route } from './routes.ts';

const week = 7;

export const statsRoutes: readonly Route[] = [
  { path: '/rest/v1/stats/usage.json', operation: 'usage', answer: usage(1) },
  { path: '/rest/v1/stats/usage/last7days.json', operation: 'usage', answer: usage(week) },
  { path: '/rest/v1/stats/errors.json', operation: 'errors', answer: errors(1) },
  { path: '/rest/v1/stats/errors/last7days.json', operation: 'errors', answer: errors(week) },
];

function usage(days: number) {
  return ({ meter, apiUser }: Desk): Answer => ({
    result: meter.days(days).map(({ date, calls }) => ({
      date,
      total: calls,
      users: calls > 0 ? [{ userId: apiUser, count: calls }] : [],
    })),
  });
}

function errors(days: number) {
  return ({ meter }: Desk): Answer => ({
    result: meter.days(days).map((day) => ({
      date: day.date,
      total: [...day.errors.values()].reduce((sum, count) => sum + count, 0),
      errors: [...day.errors].map(([errorCode, count]) => ({ errorCode, count })),
    })),
  });
}
