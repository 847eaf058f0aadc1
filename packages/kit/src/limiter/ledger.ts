/** How much may be asked. What has no limit is null. */
export interface Ceilings {
  /** Calls in any stretch of `windowMs`. */
  windowCalls: number | null;
  windowMs: number;
  concurrent: number | null;
  /** How long a call holds its place at most, so that a process that died holds none. */
  leaseMs: number;
  quotaCalls: number | null;
  /** Names the period that the quota is counted in. */
  period: string;
  /** How long the period still lasts. */
  periodMs: number;
}

export interface Taken {
  /** 0 when a place was taken, otherwise when it is worth asking again. */
  waitMs: number;
  blockedBy: 'window' | 'parallel' | 'quota' | null;
  /** Calls that the quota period has seen, this one included. */
  used: number;
}

/** Counts the calls that are made to one vendor account. */
export interface Ledger {
  /** Takes a place for a call if all ceilings allow it. */
  take(id: string, ceilings: Ceilings): Promise<Taken>;
  /** A call ended: it leaves its place, and lies in the window from now on, as it may have reached the vendor only now. */
  end(id: string): void;
  /** The vendor's own count of a period. */
  setUsed(period: string, used: number, periodMs: number): void;
}
