/** Tells whether the clock was set back since it was last asked: then entries seem younger than they are. */
export type StepBack = () => boolean;

const toleranceMs = 1000;

/**
 * @param clock milliseconds since 1970
 * @param steady milliseconds of a clock that nobody sets
 */
export function createStepBack(clock: () => number, steady: () => number): StepBack {
  let latest = Number.NEGATIVE_INFINITY;
  let furthest = Number.NEGATIVE_INFINITY;
  return () => {
    const now = clock();
    const ahead = now - steady();
    const steppedBack = now < latest - toleranceMs || ahead < furthest - toleranceMs;
    latest = steppedBack ? now : Math.max(latest, now);
    furthest = steppedBack ? ahead : Math.max(furthest, ahead);
    return steppedBack;
  };
}
