import { z } from 'zod';
import type { Ages } from './cache/age.ts';
import type { System } from './errors.ts';
import type { RedisSettings } from './redis/connect.ts';
import type { TraceSettings } from './tracing.ts';

/** Settings that services share, each with the default that stands when its variable is not set. */

export const host = z.string().default('127.0.0.1');

export const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn');

export const count = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

/** 0 takes a free port. */
export const port = (fallback: number) => count(fallback, 0, 65_535);

const queueLength = (fallback: number) => count(fallback, 0, 10_000);

const policyFields = {
  /** Longest wait for one answer of a vendor. */
  TIMEOUT_MS: count(5000, 100, 60_000),
  ERROR_THRESHOLD_PERCENTAGE: count(50, 1, 100),
  RESET_TIMEOUT_MS: count(30_000, 50, 600_000),
  VOLUME_THRESHOLD: count(10, 1, 1000),
  QUEUE: queueLength(200),
};

type PolicyFields = typeof policyFields;
type Prefixed<Prefix extends string, Fields> = { [Name in keyof Fields as `${Prefix}_${Name & string}`]: Fields[Name] };
type PolicyRead<Prefix extends string> = Prefixed<Prefix, { [Name in keyof PolicyFields]: number }>;

/** What the policy of one vendor goes by; `createVendorPolicy` says what each does. */
export interface PolicySettings {
  timeoutMs: number;
  errorThresholdPercentage: number;
  resetTimeoutMs: number;
  volumeThreshold: number;
  queue: number;
}

/** The variables of one vendor's policy, e.g. `NETSUITE_RESET_TIMEOUT_MS`. @param queue how many calls may wait */
export function policyVariables<Prefix extends System>(prefix: Prefix, queue = 200): Prefixed<Prefix, PolicyFields> {
  const fields = { ...policyFields, QUEUE: queueLength(queue) };
  const prefixed = Object.entries(fields).map(([name, field]) => [`${prefix}_${name}`, field]);
  return Object.fromEntries(prefixed) as Prefixed<Prefix, PolicyFields>;
}

export function readPolicy<Prefix extends System>(prefix: Prefix, read: PolicyRead<Prefix>): PolicySettings {
  const of = (name: keyof PolicyFields) => (read as Record<string, number>)[`${prefix}_${name}`] as number;
  return {
    timeoutMs: of('TIMEOUT_MS'),
    errorThresholdPercentage: of('ERROR_THRESHOLD_PERCENTAGE'),
    resetTimeoutMs: of('RESET_TIMEOUT_MS'),
    volumeThreshold: of('VOLUME_THRESHOLD'),
    queue: of('QUEUE'),
  };
}

export const secret = (fallback: string) => z.string().min(1).default(fallback);

/** An address without the slashes at its end. */
const anyHttpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .transform((url) => url.replace(/\/+$/, ''));

export const httpUrl = (fallback: string) => anyHttpUrl.default(fallback);

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')
  .default('USD');

/** How a process of ours runs, whatever it serves. */
export const running = {
  DRAIN_DELAY_MS: count(0, 0, 10_000),
  OTEL_EXPORTER_OTLP_ENDPOINT: anyHttpUrl.optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
};

/** How long data of a system may be given out. */
const freshMs = (fallback: number) => count(fallback, 0, 86_400_000);

const freshMsOf = z
  .string()
  .regex(/^(\w+=\d+)(,\w+=\d+)*$|^$/, 'must look like customer=30000,ledger=60000')
  .transform((text) => Object.fromEntries(text.split(',').filter(Boolean).map(readPair)))
  .default({});

function readPair(text: string): [string, number] {
  const [name = '', value] = text.split('=');
  return [name, Number(value)];
}

/**
 * Settings of one system's cache: `<SYSTEM>_FRESH_MS`, the same for single entity types, and what all systems share.
 *
 * @default 5 minutes fresh, 24 hours kept, nobody waits for a refresh during as long again as an entry was fresh
 */
export const cacheAges = <Name extends string>(name: Name, fallback = 300_000) =>
  ({
    [`${name}_FRESH_MS`]: freshMs(fallback),
    [`${name}_FRESH_MS_OF`]: freshMsOf,
    CACHE_KEPT_MS: count(86_400_000, 0, 30 * 86_400_000),
    CACHE_STALE_WHILE_REVALIDATE: z.coerce.number().min(0).max(100).default(1),
  }) as Record<`${Name}_FRESH_MS`, ReturnType<typeof freshMs>> &
    Record<`${Name}_FRESH_MS_OF`, typeof freshMsOf> & {
      CACHE_KEPT_MS: ReturnType<typeof count>;
      CACHE_STALE_WHILE_REVALIDATE: z.ZodDefault<z.ZodCoercedNumber>;
    };

type CacheAges<Name extends string> = z.output<z.ZodObject<ReturnType<typeof cacheAges<Name>>>>;

/** Nothing is fresh for longer than it is kept: with `CACHE_KEPT_MS=0` everything is read each time. */
export function readAges<Name extends string>(name: Name, read: CacheAges<Name>): Ages {
  const of = read as Record<string, unknown>;
  const keptForMs = of.CACHE_KEPT_MS as number;
  const within = (ms: number) => Math.min(ms, keptForMs);
  const single = Object.entries(of[`${name}_FRESH_MS_OF`] as Record<string, number>);
  return {
    freshForMs: within(of[`${name}_FRESH_MS`] as number),
    freshForMsOf: Object.fromEntries(single.map(([type, ms]) => [type, within(ms)])),
    keptForMs,
    staleWhileRevalidate: of.CACHE_STALE_WHILE_REVALIDATE as number,
  };
}

export interface Running {
  /** How long a process that is to stop still takes requests, so that balancers see that it is not ready. */
  drainDelayMs: number;
  /** Where traces go; null when there are none. */
  traces: TraceSettings | null;
}

const runningSchema = z.object(running);

export function readRunning(read: z.output<typeof runningSchema>): Running {
  const endpoint = read.OTEL_EXPORTER_OTLP_ENDPOINT;
  return {
    drainDelayMs: read.DRAIN_DELAY_MS,
    traces: endpoint === undefined ? null : { endpoint, share: read.OTEL_TRACES_SAMPLER_ARG },
  };
}

/** An address of Redis; several, with commas between them, are nodes by which a cluster is found. */
const redisUrls = z
  .string()
  .transform((list) => list.split(',').map((url) => url.trim()))
  .pipe(z.array(z.url({ protocol: /^rediss?$/, error: 'must be redis(s) addresses with commas between them' })));

/** Where a service keeps what it has read, and how it hears of what others drop. */
export const cacheSettings = {
  REDIS_URL: redisUrls.optional(),
  CACHE_MAX_BYTES: count(64 * 1024 * 1024, 1024 * 1024, 8 * 1024 ** 3),
};

export interface CacheSettings {
  /** Null when every process keeps its own. */
  redis: RedisSettings | null;
  /** Size of what this process keeps itself, as JSON text. */
  maxBytes: number;
}

const cacheSchema = z.object(cacheSettings);

export function readCacheSettings(read: z.output<typeof cacheSchema>): CacheSettings {
  return { redis: read.REDIS_URL ? { urls: read.REDIS_URL } : null, maxBytes: read.CACHE_MAX_BYTES };
}
