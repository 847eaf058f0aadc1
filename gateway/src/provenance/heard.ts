import { isObject } from '../execute/json.ts';

/** How old what one system gave is, as its subgraph told it. */
export interface SourceTold {
  source: string;
  /** Null when nothing of it could be given. */
  origin: string | null;
  asOf: string | null;
  ageSeconds: number | null;
  stale: boolean;
  /** A sentence for the person who looks. */
  warning: string | null;
}

/** What one subgraph told with one answer. */
export interface Provenance {
  source: SourceTold | null;
  freshForMs: number;
  tags: readonly string[];
}

/** What the subgraphs told of the answers that one operation was made from. */
export interface Heard {
  /** Notes an answer; one that tells nothing may not be kept. */
  note(provenance: Provenance | null): void;
  /** When the first answer came, on the monotonic clock; null before any. */
  readonly since: number | null;
  /** When the last one came. */
  readonly until: number | null;
  /** How long the whole is as good as new, in milliseconds; 0 when somebody told nothing. */
  readonly freshForMs: number;
  readonly tags: ReadonlySet<string>;
  /** Each system by the oldest and worst that was told of it. */
  readonly sources: ReadonlyMap<string, SourceTold>;
}

/** What kind of origin says most about an answer that is made from several. */
const origins = ['LIVE', 'CACHE', 'SNAPSHOT', 'STALE_CACHE'];

export function createHeard(): Heard {
  const sources = new Map<string, SourceTold>();
  const tags = new Set<string>();
  let since: number | null = null;
  let until: number | null = null;
  let freshForMs = Number.POSITIVE_INFINITY;

  return {
    note(provenance) {
      until = performance.now();
      since ??= until;
      freshForMs = Math.min(freshForMs, provenance?.freshForMs ?? 0);
      for (const tag of provenance?.tags ?? []) tags.add(tag);
      const told = provenance?.source;
      if (!told) return;
      const known = sources.get(told.source);
      sources.set(told.source, known ? worst(known, told) : told);
    },
    get since() {
      return since;
    },
    get until() {
      return until;
    },
    get freshForMs() {
      return since === null ? 0 : freshForMs;
    },
    tags,
    sources,
  };
}

/** The age is that of what has to be warned of, so that both agree; without any, of the oldest. */
function worst(one: SourceTold, other: SourceTold): SourceTold {
  const older = (one.ageSeconds ?? 0) >= (other.ageSeconds ?? 0) ? one : other;
  const told = one.stale === other.stale ? older : one.stale ? one : other;
  const origin = origins.indexOf(one.origin ?? '') >= origins.indexOf(other.origin ?? '') ? one.origin : other.origin;
  return { ...told, origin };
}

const longestMs = 24 * 3600_000;

/**
 * Reads what a subgraph tells of an answer: `extensions.customer360` of ours, or the `Cache-Control` of any other that
 * declares its answer the same for everybody. Null for one that tells nothing that can be used.
 */
export function readProvenance(extensions: unknown, cacheControl: string | undefined): Provenance | null {
  const told = isObject(extensions) ? extensions.customer360 : undefined;
  if (!isObject(told)) return fromCacheControl(cacheControl);
  const { source, freshForMs, tags } = told;
  return {
    source: readSource(source),
    freshForMs: typeof freshForMs === 'number' && freshForMs > 0 ? Math.min(freshForMs, longestMs) : 0,
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
  };
}

function fromCacheControl(header = ''): Provenance | null {
  if (!/\bpublic\b/i.test(header) || /\b(?:private|no-store|no-cache)\b/i.test(header)) return null;
  const seconds = Number(/\bmax-age=(\d{1,9})\b/i.exec(header)?.[1] ?? 0);
  return seconds > 0 ? { source: null, freshForMs: Math.min(seconds * 1000, longestMs), tags: [] } : null;
}

const text = (value: unknown) => (typeof value === 'string' ? value : null);

function readSource(told: unknown): SourceTold | null {
  if (!isObject(told) || typeof told.source !== 'string' || !/^[A-Z_]{1,50}$/.test(told.source)) return null;
  return {
    source: told.source,
    origin: text(told.origin),
    asOf: text(told.asOf),
    ageSeconds: typeof told.ageSeconds === 'number' ? told.ageSeconds : null,
    stale: told.stale === true,
    warning: text(told.warning),
  };
}
