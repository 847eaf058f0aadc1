import { useEffect, useRef } from 'react';

const firstMs = 2000;
const longestMs = 30_000;

/** Asks again by itself while the graph cannot be reached, each time after twice the pause. */
export function useRetry(unreachable: boolean, busy: boolean, retry: () => void): void {
  const pause = useRef(firstMs);
  const latest = useRef(retry);
  useEffect(() => {
    latest.current = retry;
  });
  useEffect(() => {
    if (busy) return;
    if (!unreachable) {
      pause.current = firstMs;
      return;
    }
    const timer = setTimeout(() => {
      pause.current = Math.min(2 * pause.current, longestMs);
      latest.current();
    }, pause.current);
    return () => clearTimeout(timer);
  }, [unreachable, busy]);
}
