const windowMs = 5 * 60_000;
const lockMs = 30 * 60_000;
const maxFailures = 5;

/** What a token may not do: repeat a nonce, come from another time, or fail five times in a row. */
export interface TokenGuard {
  admit(login: { nonce: string; timestamp: string }, signatureHolds: () => boolean): boolean;
}

export function createTokenGuard(now: () => number): TokenGuard {
  const nonces = new Map<string, number>();
  let failures = 0;
  let lockedUntil = 0;

  const forgetOldNonces = () => {
    // Insertion order is time order, so the first young one ends the walk.
    for (const [nonce, seenAt] of nonces) {
      if (seenAt > now() - 2 * windowMs) return;
      nonces.delete(nonce);
    }
  };

  return {
    admit({ nonce, timestamp }, signatureHolds) {
      if (now() < lockedUntil) return false;
      forgetOldNonces();
      const skewMs = Math.abs(Number(timestamp) * 1000 - now());
      const admitted = /^\d+$/.test(timestamp) && skewMs <= windowMs && !nonces.has(nonce) && signatureHolds();
      if (admitted) {
        nonces.set(nonce, now());
        failures = 0;
        return true;
      }
      failures += 1;
      if (failures >= maxFailures) {
        lockedUntil = now() + lockMs;
        failures = 0;
      }
      return false;
    },
  };
}
