import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Says one command to a Redis at a port of this machine and gives its plain answer. */
export async function redisCli(port: number, ...command: (string | number)[]): Promise<string> {
  const { stdout } = await run('redis-cli', ['-p', String(port), ...command.map(String)]);
  return stdout.trim();
}
