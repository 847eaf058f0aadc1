import { parseConfig } from '@customer360/kit/config';
import { cacheSettings, logLevel, readCacheSettings, readRunning, running } from '@customer360/kit/settings';
import { z } from 'zod';

const count = z.coerce.number().int().positive();

const schema = z
  .object({
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
    SUPERGRAPH_PATH: z.string().default('generated/supergraph.graphql'),
    SUPERGRAPH_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
    SUPERGRAPH_POLL_S: z.coerce.number().min(0.1).max(86_400).default(10),
    RELOAD_WARM_OPERATIONS: z.coerce.number().int().min(0).max(2000).default(200),
    SUBGRAPH_TIMEOUT_MS: z.coerce.number().int().positive().default(6000),
    WEB_ROOT: z.string().optional(),
    LOG_LEVEL: logLevel,
    ...running,
    INTROSPECTION: z.stringbool().default(true),
    COALESCE: z.stringbool().default(true),
    ...cacheSettings,
    OPERATION_CACHE: z.stringbool().default(true),
    OPERATION_CACHE_MAX_BYTES: count.default(64 * 1024 * 1024),
    MAX_TOKENS: count.default(2000),
    MAX_DEPTH: count.default(10),
    MAX_ALIASES: count.default(30),
    MAX_DIRECTIVES: count.default(20),
    MAX_DEFERRED: z.coerce.number().int().min(0).default(10),
    MAX_SELECTIONS: count.default(10_000),
    MAX_MUTATIONS: count.default(5),
    MAX_COST: count.default(20_000),
  })
  .transform((env) => ({
    host: env.HOST,
    logLevel: env.LOG_LEVEL,
    port: env.PORT,
    /** The composed graph. */
    supergraphPath: env.SUPERGRAPH_PATH,
    /** Where the composed graph is handed out; the file is not read then. */
    supergraphUrl: env.SUPERGRAPH_URL,
    /** How often the address is asked for a new graph. */
    supergraphPollMs: env.SUPERGRAPH_POLL_S * 1000,
    /** How many operations are prepared for a new graph before it is used. */
    reloadWarmOperations: env.RELOAD_WARM_OPERATIONS,
    /** How long one fetch to a subgraph may take, answer read to its end. */
    subgraphTimeoutMs: env.SUBGRAPH_TIMEOUT_MS,
    /** A folder with the built web client, served at `/`; nothing is served without it. */
    webRoot: env.WEB_ROOT,
    running: readRunning(env),
    /** Whether callers may read the schema, and are helped with its names. */
    introspection: env.INTROSPECTION,
    /** Whether identical queries under way are run once. */
    coalesce: env.COALESCE,
    backbone: readCacheSettings(env),
    /** Characters of whole answers that are kept, in bytes; 0 keeps none. */
    operationCacheMaxBytes: env.OPERATION_CACHE ? env.OPERATION_CACHE_MAX_BYTES : 0,
    maxTokens: env.MAX_TOKENS,
    maxDepth: env.MAX_DEPTH,
    maxAliases: env.MAX_ALIASES,
    maxDirectives: env.MAX_DIRECTIVES,
    /** Deferred fragments of one operation. */
    maxDeferred: env.MAX_DEFERRED,
    maxSelections: env.MAX_SELECTIONS,
    maxMutations: env.MAX_MUTATIONS,
    /** Objects that one operation may return. */
    maxCost: env.MAX_COST,
  }));

export type GatewayConfig = z.output<typeof schema>;

/** @throws {ConfigError} naming every setting that cannot be used */
export function readConfig(env: Record<string, string | undefined> = process.env): GatewayConfig {
  return parseConfig(schema, env);
}
