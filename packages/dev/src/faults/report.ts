import type { CellResult } from './cell.ts';
import type { SoakResult } from './soak.ts';

const whole = (ms: number | null) => (ms === null ? '–' : ms.toFixed(0));
const columns = [32, 6, 8, 8, 8, 12];
const line = (words: readonly string[]) =>
  words
    .map((word, index) => (index < 2 ? word.padEnd(columns[index] ?? 0) : word.padStart(columns[index] ?? 0)))
    .join('');

export const heading = line(['cell', '', 'well', 'fault', 'open', 'live again']);

/** One cell as a line of the table, its problems below it. */
export function printCell({ target, kind, problems, ms }: CellResult): string {
  const figures = [ms.well, ms.fault, ms.open, ms.liveAgain].map(whole);
  const shown = problems.slice(0, 8).map((problem) => `    ${problem}`);
  const more = problems.length > shown.length ? [`    and ${problems.length - shown.length} more`] : [];
  return [line([`${target} ${kind}`, problems.length > 0 ? 'FAIL' : 'pass', ...figures]), ...shown, ...more].join('\n');
}

export function printSoak({ problems, requests, faults, memory, resources, stall }: SoakResult): string {
  return [
    `${requests} requests under ${faults} faults`,
    `memory     ${memory.settled.toFixed(0)} MB, at the end ${memory.end.toFixed(0)} MB (${memory.slope.toFixed(2)} MB/min)`,
    `resources  ${resources.settled}, at the end ${resources.end}`,
    `standstill ${stall.p99.toFixed(0)} ms p99, ${stall.max.toFixed(0)} ms at most`,
    ...(problems.length > 0 ? problems.map((problem) => `FAIL ${problem}`) : ['pass']),
  ].join('\n');
}
