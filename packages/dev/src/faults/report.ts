import type { CellResult } from './cell.ts';

const whole = (ms: number | null) => (ms === null ? '–' : ms.toFixed(0));
const columns = [32, 6, 8, 8, 8, 10];
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
