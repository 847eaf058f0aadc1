import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { getuid } from 'node:process';

/** A program that the tests need and npm does not carry. */
interface SystemProgram {
  /** Names that it goes by; one is enough. */
  commands: string[];
  /** Its package in Debian. */
  package: string;
  why: string;
}

export const systemPrograms: SystemProgram[] = [
  { commands: ['redis-server'], package: 'redis-server', why: 'tests start the real server' },
  {
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    package: 'chromium',
    why: 'the page is tested in a real browser',
  },
  { commands: ['xmllint'], package: 'libxml2-utils', why: 'SOAP answers are validated by it' },
];

const found = ({ commands }: SystemProgram) => commands.some((command) => spawnSync('which', [command]).status === 0);

/**
 * Installs missing programs from the system's packages where that is allowed.
 *
 * @throws {Error} with the exact command to run where it is not
 */
export function ensureSystemPrograms(say: (line: string) => void) {
  const missing = systemPrograms.filter((program) => !found(program));
  if (missing.length === 0) return;
  const reasons = missing.map(({ commands, why }) => `${commands[0]} (${why})`).join(' and ');
  const packages = missing.map((program) => program.package).join(' ');
  const install = `apt-get update && apt-get install -y --no-install-recommends ${packages}`;
  if (process.platform === 'darwin') {
    throw new Error(
      `The tests need ${reasons}. Install them with: brew install redis libxml2 && brew install --cask chromium`,
    );
  }
  if (!existsSync('/usr/bin/apt-get')) {
    throw new Error(`The tests need ${reasons}. Install them with your system's package manager.`);
  }
  if (getuid?.() !== 0) throw new Error(`The tests need ${reasons}. Install them with: sudo sh -c "${install}"`);

  say(`Installing ${reasons} from the system's packages.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = spawnSync('sh', ['-c', install], { env, encoding: 'utf8' });
  if (missing.some((program) => !found(program))) {
    throw new Error(
      `The system's packages could not be installed. Run this by hand: ${install}\n${result.stderr.slice(-2000)}`,
    );
  }
}
