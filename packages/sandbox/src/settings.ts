import { z } from 'zod';

const count = z.number().int().min(1);
const milliseconds = z.number().int().min(0);
const limits = <Names extends string>(...names: Names[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, count])) as Record<Names, typeof count>).partial();

/** What can be other than usual in an account, org or instance: `--set marketo.limits.perDay=1000`. */
const settingsSchema = z.strictObject({
  netsuite: z
    .strictObject({
      limits: limits('concurrency', 'minute', 'day'),
      webhook: z.strictObject({ url: z.url(), secret: z.string() }),
      outbox: z.strictObject({ resendMs: count, timeoutMs: count }).partial(),
      consent: z.enum(['ask', 'grant']),
    })
    .partial()
    .optional(),
  salesforce: z
    .strictObject({
      timeZone: z.string(),
      shortPages: z.number().min(0).max(1),
      rotateRefreshTokens: z.boolean(),
      publishAfterMs: milliseconds,
      ...limits('dailyRequests', 'dailyEvents', 'maxClients', 'maxChanges', 'hourlyLogins', 'longRequests').shape,
      ...limits('holdMs', 'idleMs', 'longMs').shape,
    })
    .partial()
    .optional(),
  marketo: z
    .strictObject({
      limits: limits('perWindow', 'windowMs', 'concurrent', 'perDay'),
      webhook: z.strictObject({ url: z.url(), headers: z.record(z.string(), z.string()).default({}) }),
      tokenLifetimeMs: count,
      nativeCrm: z.boolean(),
      queryToken: z.boolean(),
      guidOnly: z.boolean(),
    })
    .partial()
    .optional(),
});

/** What was not set is absent, never undefined. */
type Present<Value> = Value extends object
  ? { [Name in keyof Value]: Present<Exclude<Value[Name], undefined>> }
  : Value;

export type Settings = Present<z.output<typeof settingsSchema>>;

/**
 * Reads `vendor.name=value` texts; a value is read as JSON where it is JSON.
 * @throws {Error} with a sentence that names what is wrong
 */
export function readSettings(texts: readonly string[]): Settings {
  const settings: Record<string, unknown> = {};
  for (const text of texts) {
    const [, path = '', value = ''] = /^([\w.]+)=(.*)$/s.exec(text) ?? [];
    if (path === '') throw new Error(`--set takes vendor.name=value; it is "${text}".`);
    put(settings, path.split('.'), parse(value));
  }
  const result = settingsSchema.safeParse(settings);
  if (result.success) return result.data as Settings;
  const [issue] = result.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? `.${issue.keys[0]}` : '';
  throw new Error(`--set ${issue?.path.join('.')}${unknown}: ${issue?.message}.`.replace('--set .', '--set '));
}

function put(target: Record<string, unknown>, [name = '', ...rest]: string[], value: unknown) {
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner = Object.hasOwn(target, name) ? target[name] : {};
  target[name] = inner;
  if (typeof inner === 'object' && inner !== null) put(inner as Record<string, unknown>, rest, value);
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
