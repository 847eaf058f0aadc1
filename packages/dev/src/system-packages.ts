import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { getuid } from 'node:process';

/** A program that the tests need and npm does not carry. */
interface SystemProgram {
  command: string;
  /** Its package in Debian and Ubuntu. */
  package: string;
  why: string;
}

export const systemPrograms: SystemProgram[] = [
  { command: 'redis-server', package: 'redis-server', why: 'shared caches are tested against the real server' },
  { command: 'chromium', package: 'chromium', why: 'the page is tested in a real browser' },
];

const found = (command: string) => spawnSync('which', [command]).status === 0;

/**
 * Installs missing programs from the system's packages where that is allowed.
 *
 * @throws {Error} with the exact command to run where it is not
 */
export function ensureSystemPrograms(say: (line: string) => void) {
  const missing = systemPrograms.filter(({ command }) => !found(command));
  if (missing.length === 0) return;
  const packages = missing.map((program) => program.package).join(' ');
  const reasons = missing.map(({ command, why }) => `${command} (${why})`).join(' and ');
  const command = `apt-get update && apt-get install -y ${packages}`;
  if (!existsSync('/usr/bin/apt-get') || getuid?.() !== 0) {
    throw new Error(`The tests need ${reasons}. Install them with: sudo sh -c "${command}"`);
  }

  say(`Installing ${reasons} from the system's packages.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = spawnSync('sh', ['-c', command.replace('install -y', 'install -y --no-install-recommends')], {
    env,
    encoding: 'utf8',
  });
  const stillMissing = missing.filter((program) => !found(program.command));
  if (stillMissing.length > 0) {
    throw new Error(
      `The system's packages could not be installed. Run this by hand: ${command}\n${result.stderr.slice(-2000)}`,
    );
  }
}
