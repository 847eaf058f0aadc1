import type { Heard } from '../provenance/heard.ts';
import type { Reply } from '../subgraph/client.ts';
import type { JsonObject } from './json.ts';
import type { ResponsePath } from './paths.ts';

/** What a caller is told about a field that is missing. */
export interface Told {
  message: string;
  extensions: Record<string, unknown>;
}

export interface FieldError extends Told {
  path?: ResponsePath;
}

/** One execution of a plan. */
export interface Run {
  /** What the fetches have brought so far, under the plan's own response names. */
  readonly data: JsonObject;
  readonly errors: FieldError[];
  /** Root fields that a subgraph declared absent: null, and no error that explains it. */
  readonly absent: Set<string>;
  /** As the caller gave them, checked against their definitions. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Asks a subgraph; rejects with a `SubgraphFailure`. */
  send(service: string, body: string, kind: 'query' | 'mutation' | 'subscription'): Promise<Reply>;
  /** What the subgraphs tell of their answers. */
  readonly heard: Heard;
  /** Notes what a caller is not told. */
  log(service: string, error: unknown): void;
}

/** A part of a plan, ready to run. It settles when its data is merged; it never rejects for what a subgraph did. */
export type Step = (run: Run) => Promise<void>;
