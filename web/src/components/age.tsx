import { formatAge } from '../lib/format.ts';
import { useNow } from '../lib/use-now.ts';

/** Counts up by itself, once a second. */
export function Age({ asOf }: { asOf: string }) {
  return <time dateTime={asOf}>{formatAge(useAge(asOf))}</time>;
}

/** How many seconds ago something was. */
export function useAge(asOf: string): number {
  return (useNow() - Date.parse(asOf)) / 1000;
}
