import { useEffect, useRef } from 'react';
import { type Need, pauseMs } from '../lib/ask-again.ts';
import { useVisible } from '../lib/use-visible.ts';

/** Asks again by itself after a pause, as long as there is a need and somebody can see the page. */
export function useAskAgain(need: Need | null, busy: boolean, ask: () => void): void {
  const visible = useVisible();
  const times = useRef(0);
  const dueAt = useRef(0);
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another need starts with its own first pause
  useEffect(() => {
    times.current = 0;
  }, [need]);
  useEffect(() => {
    if (need && !busy) dueAt.current = performance.now() + pauseMs(need, times.current);
  }, [need, busy]);
  useEffect(() => {
    if (!need || busy || !visible) return;
    // A page that comes back to the front after its pause asks at once.
    const timer = setTimeout(
      () => {
        times.current += 1;
        latest.current();
      },
      Math.max(0, dueAt.current - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [need, busy, visible]);
}
