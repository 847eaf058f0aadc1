// Runs on the Node that is already there with nothing installed: checks it, installs what is missing, then hands over
// to the project's own Node 24. Plain JavaScript with few imports, because an older Node has to read it.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startHelp } from './help.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const modules = join(root, 'node_modules');
const ownNode = join(modules, '.bin', 'node');
const stampFile = join(modules, '.customer360-installed');
const oldestNode = 20;
const networkFailure =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR/;

/** The npm or Node that this process waits for; it gets every signal that this process gets. */
let running = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => (running ? running.kill(signal) : process.exit(1)));

const [command = 'start', ...args] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < oldestNode) {
  fail(`Customer360 needs Node ${oldestNode} or newer to start; this is Node ${process.versions.node}.`);
}
if (process.platform === 'win32') {
  fail('Customer360 runs on Linux and macOS; on Windows, start it inside the Windows Subsystem for Linux.');
}
if (command === 'start' && (args.includes('--help') || args.includes('-h'))) {
  process.stdout.write(startHelp);
} else {
  await install();
  await handOver();
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Installs once for each lockfile; the stamp is written last, so that an install cut short is done again. */
async function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const installed = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted;
  if (installed && existsSync(ownNode)) return;

  // Asked first, because an install finds it out only after minutes of retries.
  const asked = await runNpm([
    'view',
    'node',
    'version',
    '--fetch-retries=1',
    '--fetch-retry-mintimeout=500',
    '--fetch-timeout=15000',
  ]);
  if (asked.code !== 0 && networkFailure.test(asked.output)) {
    fail("The package registry cannot be reached. Check the network, or npm's registry setting, and try again.");
  }
  process.stdout.write('Installing packages. This is done once and takes about a minute.\n');
  const began = Date.now();
  const progress = setInterval(() => {
    process.stdout.write(`  still installing, ${Math.round((Date.now() - began) / 1000)} s\n`);
  }, 5000);
  const result = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  clearInterval(progress);

  if (result.code !== 0) {
    mkdirSync(join(root, '.data'), { recursive: true });
    writeFileSync(join(root, '.data', 'install.log'), result.output);
    fail('The packages could not be installed; .data/install.log has what npm said.');
  }
  if (!existsSync(ownNode)) {
    fail(
      'Node 24 was not installed, probably because npm is set to ignore install scripts. Run "npm rebuild node" and try again.',
    );
  }
  writeFileSync(stampFile, wanted);
  process.stdout.write(`Packages installed in ${Math.round((Date.now() - began) / 1000)} s.\n`);
}

function runNpm(npmArgs) {
  // Not the project's own Node: npm may replace that file while it runs.
  const path = process.env.PATH.split(delimiter)
    .filter((entry) => !entry.startsWith(modules + sep))
    .join(delimiter);
  return new Promise((resolve) => {
    let output = '';
    running = spawn('npm', npmArgs, {
      cwd: root,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const npm = running;
    npm.stdout.on('data', (data) => {
      output += data;
    });
    npm.stderr.on('data', (data) => {
      output += data;
    });
    npm.on('error', (error) => resolve({ code: 1, output: String(error) }));
    npm.on('close', (code, signal) => {
      running = null;
      if (signal) process.exit(128 + (constants.signals[signal] ?? 0));
      resolve({ code, output });
    });
  });
}

/** Runs the command on Node 24 and ends as it ends. */
function handOver() {
  // Development mode costs graphql a check on every value.
  const mode = command === 'start' ? { NODE_ENV: 'production' } : {};
  const env = { ...mode, ...process.env, PATH: join(modules, '.bin') + delimiter + process.env.PATH };
  const script = join(root, 'packages', 'dev', 'src', `${command}-main.ts`);
  return new Promise((resolve) => {
    running = spawn(ownNode, ['--disable-warning=ExperimentalWarning', script, ...args], {
      cwd: root,
      env,
      // The channel tells the other end when this process is gone, however it went.
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    running.on('error', (error) =>
      fail(`Node 24 could not be run (${error.code}). Delete node_modules and try again.`),
    );
    running.on('close', (code, signal) => {
      process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
      resolve();
    });
  });
}
