import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from './paths.ts';

const inputs = [
  'web/src/**/*.{ts,tsx,css}',
  'web/*.{html,json,ts}',
  'web/public/**/*',
  'subgraphs/*/schema.graphql',
  'package-lock.json',
];
const stamp = join(paths.web, '.built-from');

/**
 * Builds the page unless what it is made of has not changed since the last build. Returns whether it built.
 * `prepare` writes the schema that the page's documents are typed by.
 */
export async function buildWeb(prepare: () => Promise<unknown>): Promise<boolean> {
  const hash = createHash('sha256');
  const files = inputs
    .flatMap((pattern) => globSync(pattern, { cwd: paths.root }))
    .filter((file) => !file.includes('generated'));
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(join(paths.root, file)));
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;

  await prepare();
  await run(['run', 'codegen', '-w', 'web']);
  await run(['run', 'build', '-w', 'web']);
  writeFileSync(stamp, wanted);
  return true;
}

function run(npmArgs: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn('npm', ['--silent', ...npmArgs], { cwd: paths.root, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      output += data;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The page could not be built.\n${output.trim()}`));
    });
  });
}
