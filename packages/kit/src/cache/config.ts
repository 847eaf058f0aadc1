import { z } from 'zod';
import { parseConfig } from '../config.ts';
import type { CacheSettings } from '../settings.ts';
import { cacheSettings, readCacheSettings } from '../settings.ts';

/** @throws {ConfigError} naming every setting that cannot be used */
export const readConfig = (env: Record<string, string | undefined> = process.env): CacheSettings =>
  readCacheSettings(parseConfig(z.object(cacheSettings), env));
