import type { Freshness } from '@customer360/kit/freshness';
import type { Vendor } from '../addresses.ts';
import type { Judged } from './judge.ts';

type Fields = Record<string, unknown>;

/** Clocks of one machine, read a little apart. */
const toleranceMs = 50;

/** Whether values of the affected system say truly how old they are, and whether any says that it is old. */
export function freshnessProblems({ operation, answer, affected, askedAt, ages }: Judged) {
  const stale: string[] = [];
  const problems: string[] = [];
  for (const { name, fields } of affected ? groupsOf(operation.root, answer.data) : []) {
    const owned = operation.owners[affected as Vendor];
    const [told] = owned.filter((field) => /[fF]reshness$/.test(field));
    // Financials carry their own.
    const group = told ? fields : ((fields.financials ?? {}) as Fields);
    const present = Object.entries(group).filter(
      ([field, value]) => value !== null && !/[fF]reshness$/.test(field) && (!told || owned.includes(field)),
    );
    const freshness = group[told ?? 'freshness'] as Freshness | null | undefined;
    if (!freshness) {
      // The currency of the books is a setting, and a deal's row can be there without anything read for it.
      const unexplained = present.filter(([field]) => field !== 'currency');
      if (unexplained.length > 0) problems.push(`${name} does not say how fresh it is`);
      continue;
    }
    if (freshness.source !== affected?.toUpperCase()) problems.push(`${name} says it is of ${freshness.source}`);
    if (freshness.stale) {
      stale.push(name);
      if (!freshness.warning) problems.push(`${name} is old without a warning`);
      continue;
    }
    const allowedMs = { LIVE: ages.liveMs, CACHE: ages.cachedMs, STALE_CACHE: 0, SNAPSHOT: ages.snapshotMs };
    const ageMs = askedAt - Date.parse(freshness.asOf);
    if (ageMs > allowedMs[freshness.origin] + toleranceMs) {
      problems.push(`${name} is ${ageMs.toFixed(0)} ms old and not marked`);
    }
  }
  return { stale: stale.length > 0, problems };
}

/** The objects in which a system's fields stand beside their freshness. */
function groupsOf(root: string, data: Fields): { name: string; fields: Fields }[] {
  const value = data[root];
  if (value === null || value === undefined) return [];
  return Array.isArray(value)
    ? value.map((fields: Fields) => ({ name: root, fields }))
    : [{ name: root, fields: value as Fields }];
}
