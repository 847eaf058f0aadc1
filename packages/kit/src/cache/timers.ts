/** Runs something after a time, in milliseconds; the function that is returned prevents it. Keeps no process alive. */
export type After = (ms: number, run: () => void) => () => void;

/** More would be taken for none. */
const longestMs = 2 ** 31 - 1;

export const after: After = (ms, run) => {
  const timer = setTimeout(run, Math.min(ms, longestMs)).unref();
  return () => clearTimeout(timer);
};
