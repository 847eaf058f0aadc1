import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { paths } from './paths.ts';

/**
 * `npm run relock`: writes `package-lock.json` from the package files alone. npm, asked beside an installed tree, keeps
 * only this machine's platform packages, and leaves out those that its registry does not offer; `npm ci` then refuses
 * the lockfile. Here every platform package is listed; one that is not offered has no checksum.
 */
interface Entry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  optionalDependencies?: Record<string, string>;
}

const folder = mkdtempSync(join(tmpdir(), 'customer360-lock-'));
for (const file of [
  'package.json',
  '.npmrc',
  ...globSync('{packages,subgraphs}/*/package.json', { cwd: paths.root }),
  'gateway/package.json',
  'web/package.json',
]) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  cpSync(join(paths.root, file), join(folder, file));
}
const npm = spawnSync('npm', ['install', '--package-lock-only', '--ignore-scripts', '--loglevel=error'], {
  cwd: folder,
  stdio: 'inherit',
});
if (npm.status !== 0) process.exit(1);

const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as { packages: Record<string, Entry> };
const added: string[] = [];
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const platform = platformOf(name);
    if (!platform || !/^\d/.test(version) || lock.packages[`node_modules/${name}`]) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...platform,
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
    };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1)));
writeFileSync(join(paths.root, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
rmSync(folder, { recursive: true });
process.stdout.write(`Lockfile written; ${added.length} platform packages added by name.\n`);

function platformOf(name: string): { os: string[]; cpu: string[] } | undefined {
  const os = /(?:^|[-/])(android|darwin|freebsd|linux|openbsd|netbsd|sunos|aix|win32|windows)(?=-|$)/.exec(name)?.[1];
  const cpu = /-(arm64|arm|x64|64|ia32|ppc64|s390x|riscv64|loong64)(?=-|$)/.exec(name)?.[1];
  return os && cpu ? { os: [os === 'windows' ? 'win32' : os], cpu: [cpu === '64' ? 'x64' : cpu] } : undefined;
}
