import { parseArgs } from 'node:util';
import { chooseCells, runCells } from './faults/matrix.ts';
import { heading, printCell, printSoak } from './faults/report.ts';
import { soak } from './faults/soak.ts';

/**
 * `npm run faults`: breaks the way to every system in ten ways, and judges what the product answers meanwhile.
 * `-- --only redis` runs the cells whose names contain the word, `--json` prints for programs. `-- --soak 20` asks for
 * so many minutes instead, under one fault after the other, and judges what must not grow.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
    soak: { type: 'string' },
  },
});
const say = (text: string) => process.stdout.write(`${text}\n`);

if (values.soak !== undefined) {
  const minutes = Number(values.soak);
  if (!(minutes > 0)) {
    process.stderr.write('--soak takes a number of minutes.\n');
    process.exit(2);
  }
  const result = await soak({ minutes, faultMs: Math.min(15_000, minutes * 3000) });
  say(values.json ? JSON.stringify(result) : printSoak(result));
  process.exit(result.problems.length > 0 ? 1 : 0);
}

const cells = chooseCells(values.only);
if (cells.length === 0) {
  process.stderr.write(`There is no cell of that name. Say, e.g., --only "netsuite blackhole".\n`);
  process.exit(2);
}
if (!values.json) say(`times in milliseconds\n${heading}`);
const results = await runCells(cells, (result) => {
  if (!values.json) say(printCell(result));
});
const failed = results.filter(({ problems }) => problems.length > 0).length;
if (values.json) say(JSON.stringify({ passed: results.length - failed, failed, cells: results }));
else say(`${results.length - failed} of ${results.length} cells pass`);
process.exit(failed > 0 ? 1 : 0);
