import type { Logger } from './logger.ts';
import type { SourceHealth } from './source-health.ts';

/** Writes one line for each change of a vendor's breaker. */
export function logSource(health: SourceHealth, logger: Logger): void {
  let was = health.status().state;
  health.onChange(({ system, state, retryAt, errorRate, lastSuccessAt }) => {
    if (state === was) return;
    logger.warn({ system, state, was, retryAt, errorRate, lastSuccessAt }, 'vendor circuit changed');
    was = state;
  });
}
