import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildWeb } from './build-web.ts';
import { paths } from './paths.ts';
import { ensureSystemPrograms } from './system-packages.ts';
import { writeSupergraph } from './write-supergraph.ts';

class TestsFailed extends Error {}

/**
 * `npm test`: everything a change has to pass, cheapest first, with one line of totals at the end.
 * Words after `--` go to Jest and run only the tests that they name.
 */
const only = process.argv.slice(2);
const results = join(paths.root, '.data', 'test-results');
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const jestConfig = ['--config', 'packages/testing/jest.config.json', '--json'];
const totals = { passed: 0, failed: 0, skipped: 0 };

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

await step('system programs', async () => ensureSystemPrograms(say));
if (only.length === 0) {
  await step('lint', () => run('biome', ['ci', '--colors=off', '.']));
  await step('composition', async () => void (await writeSupergraph()));
  await step('generated types', () => run('turbo', ['run', 'codegen', '--output-logs=errors-only']));
  await step('types', () => run('turbo', ['run', 'typecheck', '--output-logs=errors-only']));
  await step('plan check', () => run('node', ['packages/dev/src/plan-check-main.ts']));
  await step('page build', async () => void (await buildWeb(writeSupergraph)));
}
await step('tests', () => runJest('tests', ['--testPathIgnorePatterns', '\\.(browser|measure)\\.test\\.']));
// One at a time: these drive a browser or measure time, and two at once would disturb each other.
await step('browser and timing tests', () =>
  runJest('serial', ['--runInBand', '--testMatch', '**/test/**/*.{browser,measure}.test.{ts,tsx}']),
);
finish();

async function step(name: string, work: () => Promise<unknown>) {
  const began = performance.now();
  say(`\n=== ${name}`);
  try {
    await work();
    say(`--- ${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  } catch (error) {
    totals.failed += 1;
    process.stderr.write(`--- ${name} failed: ${error instanceof Error ? error.message : String(error)}\n`);
    // A later step would only fail again for the same reason; failed tests alone do not end the run.
    if (!(error instanceof TestsFailed)) finish();
    totals.failed -= 1;
  }
}

function run(command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: paths.root,
      stdio: 'inherit',
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))));
  });
}

async function runJest(name: string, args: string[]) {
  const file = join(results, `${name}.json`);
  let ended: unknown;
  // The flag between keeps Jest from reading the words as more values of the option before.
  const words = only.length > 0 ? ['--', ...only] : [];
  const flags = [...jestConfig, `--outputFile=${file}`, ...args, '--passWithNoTests', ...words];
  await run('node', [...jest, ...flags]).catch((error) => {
    ended = error;
  });
  if (!existsSync(file)) throw ended ?? new Error('Jest wrote no results');
  const summary = JSON.parse(readFileSync(file, 'utf8'));
  totals.passed += summary.numPassedTests;
  totals.skipped += summary.numPendingTests + summary.numTodoTests;
  // A suite that does not load has no tests to count, but has failed; so has a Jest that ended badly for no counted reason.
  const failed = summary.numFailedTests + summary.numRuntimeErrorTestSuites;
  totals.failed += ended && failed === 0 ? 1 : failed;
  if (ended) throw new TestsFailed(`${summary.numFailedTests} failed`);
}

function finish(): never {
  say(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);
}

function say(line: string) {
  process.stdout.write(`${line}\n`);
}
