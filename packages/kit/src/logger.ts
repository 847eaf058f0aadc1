import type { DestinationStream, Logger as PinoLogger } from 'pino';
import { pino } from 'pino';
import { traceFields } from './spans.ts';

export type Logger = PinoLogger;

/** Only these parts of an error are ever written: anything else may hold a request with its credentials. */
function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { fault, system, code } = error as { fault?: unknown; system?: unknown; code?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(error.stack ? { stack: error.stack.split('\n').slice(1, 6).join('\n') } : {}),
    ...(system ? { system, fault } : {}),
    ...(typeof code === 'string' ? { code } : {}),
  };
}

/**
 * JSON lines, named by service; those of a traced request carry its ids.
 *
 * @default level `warn`, to standard error
 */
export function createLogger(
  name: string,
  level = 'warn',
  to: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  return pino({ name, level, serializers: { err: plainError }, mixin: traceFields }, to);
}
