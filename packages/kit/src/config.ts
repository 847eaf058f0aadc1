import type { ZodType, z } from 'zod';

/** A service that cannot start because of its settings. The message is one sentence per setting. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads settings from an environment; every problem is reported at once.
 *
 * @throws {ConfigError} naming each variable that is missing or wrong, never its value
 */
export function parseConfig<Schema extends ZodType>(
  schema: Schema,
  env: Record<string, string | undefined>,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ConfigError(`The settings cannot be used. ${problems.join('; ')}.`);
}
