/** What the load generator is asked to do. */
export interface LoadOrder {
  url: string;
  /** Sent in turn, over and over. */
  bodies: string[];
  connections: number;
  warmUpMs: number;
  durationMs: number;
  /** How far apart a connection begins its requests; the connections begin evenly spread. @default one after the other */
  everyMs?: number | undefined;
}

/** What it saw while it counted; latencies in milliseconds. */
export interface LoadResult {
  requests: number;
  /** Answers with another status than 200 or with GraphQL errors, and connections lost. */
  errors: number;
  bytes: number;
  seconds: number;
  p50: number;
  p95: number;
  p99: number;
  /** Of the generator itself. */
  cpuSeconds: number;
}
