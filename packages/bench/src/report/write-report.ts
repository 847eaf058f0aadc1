import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bare, titleOf } from '../candidates.ts';
import type { BenchConfig } from '../config.ts';
import type { Figure } from '../figures.ts';
import type { Noise } from './noise.ts';
import { describeNoise } from './noise.ts';
import { plotBars } from './plot.ts';
import { markdownTable, rowsOf } from './table.ts';

const at = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const begin = '<!-- figures: written by npm run bench -- --write -->';
const end = '<!-- end of figures -->';

/** Puts the figures of a run and its plots into the README of the bench. */
export function writeReport(figures: readonly Figure[], noise: Noise, { rounds, seconds, connections }: BenchConfig) {
  mkdirSync(at('plots'), { recursive: true });
  const pictures = [...new Set(figures.map(({ workload }) => workload))].flatMap((workload) => {
    const own = figures.filter((figure) => figure.workload === workload);
    return [
      own.some(({ paced }) => paced)
        ? writePlot(
            workload,
            'vendor calls for 1,000 requests, less is better',
            own,
            ({ vendorCalls = 0 }) => vendorCalls,
          )
        : writePlot(workload, 'requests/s, more is better', own, ({ requestsPerSecond }) => requestsPerSecond),
      // The bare server's latency is no aim, and beside it the others would all look alike.
      writePlot(
        workload,
        'p95 latency in ms, less is better',
        own.filter(({ name }) => name !== bare.name),
        ({ p95 }) => p95,
      ),
    ];
  });
  const machine = `${cpus().length} cores, Node ${process.versions.node}`;
  const text = [
    begin,
    '',
    `${machine}; ${rounds} rounds of ${seconds} s, ${connections} connections unless the workload says otherwise. ${describeNoise(noise)}`,
    '',
    markdownTable(rowsOf(figures)),
    '',
    ...pictures.map((picture) => `![${picture}](plots/${picture}.svg)`),
    '',
    end,
  ].join('\n');
  const readme = readFileSync(at('README.md'), 'utf8');
  const [before = '', rest = ''] = readme.split(begin);
  const [, after = ''] = rest.split(end);
  writeFileSync(at('README.md'), `${before}${text}${after}`);
}

function writePlot(workload: string, what: string, figures: Figure[], value: (figure: Figure) => number): string {
  const bars = figures.map((figure) => ({
    name: titleOf(figure),
    value: value(figure),
    isOurs: figure.name === 'Customer360',
  }));
  const name = `${workload}-${what.split(/[,/ ]/, 1)[0]}`.replaceAll(' ', '-');
  writeFileSync(
    at(`plots/${name}.svg`),
    plotBars(`${workload}: ${what}`, bars, (each) => each.toFixed(each < 100 ? 1 : 0)),
  );
  return name;
}
