import { Cluster, Redis } from 'ioredis';
import { writeTogether } from './write-together.ts';

export interface RedisSettings {
  /** One address is a server of its own; several are the nodes by which a cluster is found. */
  urls: readonly string[];
  /** How long a command may take before it counts as failed. @default 100 */
  waitMs?: number;
}

export type RedisClient = Redis | Cluster;

/** How long anybody waits for Redis. */
export const waitMs = 100;

/**
 * A connection that gives up early and comes back soon: what is asked while Redis is away fails at once instead of
 * waiting in a queue.
 *
 * @param blockMs longest block of a connection that does nothing but wait for news
 */
export function connectRedis(
  { urls, waitMs: longestMs = waitMs }: RedisSettings,
  blockMs: number | null = null,
): RedisClient {
  const [first] = urls;
  if (first === undefined) throw new Error('redis: no address');
  const { host, port, db, ...access } = parseAddress(first);
  const options = {
    ...access,
    connectTimeout: 1000,
    // What was under way when a connection broke has failed, at once.
    maxRetriesPerRequest: 0,
    // A connection that is over already would else hold up the end of the process for two seconds.
    disconnectTimeout: 100,
    // A server that became a replica is left for whatever its address leads to now.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
    // A little longer than anybody waits, so that who waits decides what a pause of this process means.
    ...(blockMs === null
      ? { commandTimeout: longestMs + 50, socketTimeout: 10 * longestMs }
      : { blockingTimeout: blockMs + 1000, socketTimeout: blockMs + 2000 }),
  };
  const client =
    urls.length === 1
      ? new Redis({ ...options, host, port, db, enableOfflineQueue: false, retryStrategy: retryMs })
      : new Cluster(
          urls.map(parseAddress).map(({ host, port }) => ({ host, port })),
          {
            redisOptions: options,
            enableOfflineQueue: false,
            clusterRetryStrategy: retryMs,
            slotsRefreshTimeout: 500,
            slotsRefreshInterval: 5000,
            // Redirections are followed; everything that has to be waited for is a failure.
            maxRedirections: 6,
            retryDelayOnFailover: 10,
            retryDelayOnTryAgain: 1,
            retryDelayOnClusterDown: 0,
            // A certificate is for the name of a node, not for its number.
            ...(access.tls ? { dnsLookup: (name, done) => done(null, name) } : {}),
          },
        );
  // Who uses the connection sees its commands fail; nobody has to hear of it twice.
  client.on('error', () => undefined);
  writeTogether(client);
  return client;
}

const retryMs = (times: number) => Math.min(50 * times, 500);

function parseAddress(url: string) {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 6379),
    db: Number(pathname.slice(1) || 0),
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

/** The servers that hold data: the one there is, or every master of the cluster. */
export const mastersOf = (client: RedisClient): Redis[] =>
  client instanceof Cluster ? client.nodes('master') : [client];
