import { parseConfig } from '@customer360/kit/config';
import {
  cacheSettings,
  count,
  host,
  logLevel,
  port,
  readCacheSettings,
  readRunning,
  running,
} from '@customer360/kit/settings';
import { z } from 'zod';

const environment = z.object({
  HOST: host,
  PORT: port(4006),
  LOG_LEVEL: logLevel,
  ...running,
  ...cacheSettings,
  FIRST_REPORTS_MS: count(1000, 0, 2000),
});

export type Config = ReturnType<typeof readConfig>;

/** Every setting has a default that fits one machine. @throws {ConfigError} */
export function readConfig(env: Record<string, string | undefined> = process.env) {
  const read = parseConfig(environment, env);
  return {
    host: read.HOST,
    port: read.PORT,
    logLevel: read.LOG_LEVEL,
    running: readRunning(read),
    backbone: readCacheSettings(read),
    firstReportsMs: read.FIRST_REPORTS_MS,
  };
}
