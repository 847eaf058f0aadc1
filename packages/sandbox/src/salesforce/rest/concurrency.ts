import { SalesforceError } from '../errors.ts';

/** Requests that take long, of which an org answers only so many at once. */
export interface Concurrency {
  /** Lets a request in until it is closed. @throws {SalesforceError} 403 when too many are long already */
  enter(onClose: (listener: () => void) => void): void;
}

export interface ConcurrencyOptions {
  /** From when on a request is long. @default 20,000 */
  longMs?: number | undefined;
  /** @default 25 */
  limit?: number | undefined;
}

export function createConcurrency({ longMs = 20_000, limit = 25 }: ConcurrencyOptions): Concurrency {
  const running = new Set<{ since: number }>();
  return {
    enter(onClose) {
      const now = performance.now();
      const long = [...running].filter(({ since }) => now - since >= longMs).length;
      if (long >= limit) {
        throw new SalesforceError(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.');
      }
      const request = { since: now };
      running.add(request);
      onClose(() => running.delete(request));
    },
  };
}
