import { titleOf } from '../candidates.ts';
import type { Figure } from '../figures.ts';

export const header = [
  'workload',
  'candidate',
  'requests/s',
  'spread',
  '× stock',
  '× stock by CPU',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'CPU ms/request',
  'memory MB',
  'errors',
  'vendor calls/1000',
  'refused',
];

/** One row for each figure, as text. */
export function rowsOf(figures: readonly Figure[]): string[][] {
  return figures.map((figure) => {
    const stock = figures.find(({ workload, name }) => workload === figure.workload && name.startsWith('Apollo'));
    return [
      figure.workload,
      titleOf(figure),
      figure.requestsPerSecond.toFixed(figure.requestsPerSecond < 100 ? 1 : 0),
      percent(figure.spread),
      stock ? (figure.requestsPerSecond / stock.requestsPerSecond).toFixed(2) : '–',
      stock ? (stock.cpuMs / figure.cpuMs).toFixed(2) : '–',
      figure.p50.toFixed(2),
      figure.p95.toFixed(2),
      figure.p99.toFixed(2),
      figure.cpuMs.toFixed(3),
      figure.memoryMb.toFixed(0),
      String(figure.errors),
      figure.vendorCalls?.toFixed(0) ?? '–',
      String(figure.refused ?? '–'),
    ];
  });
}

export const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

/** Columns of a terminal: words to the left, figures to the right. */
export function printTable(rows: readonly string[][]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return all.map(line).join('\n');
}

export function markdownTable(rows: readonly string[][]): string {
  const rule = header.map((_, column) => (column < 2 ? '---' : '---:'));
  return [header, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
