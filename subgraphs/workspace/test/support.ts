import { createBackboneFor } from '@customer360/kit/backbone';
import { createLogger } from '@customer360/kit/logger';
import type { SourceReport } from '@customer360/kit/source-report';
import { reportTopic } from '@customer360/kit/source-report';
import type { Answer } from '@customer360/testing/ask';
import { ask } from '@customer360/testing/ask';
import { readConfig } from '../src/config.ts';
import { start } from '../src/service.ts';

const logger = createLogger('workspace', 'silent');

/** Milliseconds since 1970 at which every room opens. */
export const opened = Date.parse('2026-11-22T14:02:00.000Z');

/** A copy that has nothing to complain of. */
export const well: Omit<SourceReport, 'instance'> = {
  source: 'NETSUITE',
  nextWithinMs: 3000,
  state: 'CLOSED',
  since: opened - 60_000,
  retryAt: null,
  coolingDown: false,
  credentialsRefused: false,
  lastSuccessAt: opened - 1000,
  calls: 10,
  errorRate: 0,
  p95Ms: 210,
  quota: null,
  cachedAsOf: null,
};

export const down: Partial<SourceReport> = {
  state: 'OPEN',
  since: opened - 5000,
  retryAt: opened + 18_000,
  errorRate: 1,
};

const fields = `
  source state since lastSuccessAt errorRate p95Ms servingCachedData cachedAsOf
  quota { used limit left resetsAt } nextTryAt message instances { reporting down }`;

/** The subgraph on a bus of its own, with a clock that only the test moves. */
export async function openRoom(env: Record<string, string> = {}, backbone = createBackboneFor({}, logger)) {
  let passed = 0;
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', FIRST_REPORTS_MS: '0', ...env });
  const service = await start(config, { logger, backbone, clock: () => passed, now: () => opened + passed });
  const asked = (query: string): Promise<Answer> => ask(service.url, query);
  return {
    ask: asked,
    pass(ms: number) {
      passed += ms;
    },
    report: (instance: string, changes: Partial<SourceReport> = {}) =>
      backbone.bus.publish(reportTopic, { ...well, instance, ...changes }),
    async netsuite() {
      const { data, errors } = await asked(`{ sourceStatusOf(source: NETSUITE) { ${fields} } }`);
      expect(errors).toEqual([]);
      return data.sourceStatusOf;
    },
    async [Symbol.asyncDispose]() {
      await service.close();
      await backbone.close();
    },
  };
}
