import { readFile } from 'node:fs/promises';
import { paths } from './paths.ts';
import { checkPlans } from './plan-check.ts';

const { checked, problems } = checkPlans(await readFile(paths.supergraph, 'utf8'));
for (const { path, problem } of problems) process.stderr.write(`${path}: ${problem}\n`);
process.stdout.write(`${checked} generated queries planned, ${problems.length} cannot be answered\n`);
process.exitCode = problems.length > 0 || checked === 0 ? 1 : 0;
