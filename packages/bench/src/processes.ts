import { spawn } from 'node:child_process';
import { inherited } from './config.ts';

/** How a program is started. */
export interface Launch {
  command: string;
  args: string[];
  cwd?: string;
  env?: Record<string, string>;
  /** What is sent to find out whether it answers yet; with null its address is just got. @default a query for the name of the root type */
  probe?: string | null;
}

export interface RunningProcess extends AsyncDisposable {
  pid: number;
  url: string;
}

const startTimeoutMs = 60_000;
const firstProbe = JSON.stringify({ query: '{ __typename }' });

/** Starts a program and waits until it answers at `url`. @throws with what it printed when it does not */
export async function startProcess(launch: Launch, url: string): Promise<RunningProcess> {
  const child = spawn(launch.command, launch.args, {
    cwd: launch.cwd,
    env: { ...inherited, NODE_ENV: 'production', ...launch.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      printed = (printed + data).slice(-5000);
    });
  }
  // A bench that is cut short leaves nothing running.
  const forget = () => child.kill('SIGKILL');
  process.once('exit', forget);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(force);
    process.off('exit', forget);
  };

  const giveUpAt = Date.now() + startTimeoutMs;
  while (!(await answers(url, launch.probe === undefined ? firstProbe : launch.probe))) {
    if (child.exitCode !== null || Date.now() > giveUpAt) {
      await stop();
      throw new Error(`${launch.command} ${launch.args.join(' ')} did not start:\n${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { pid: child.pid as number, url, [Symbol.asyncDispose]: stop };
}

async function answers(url: string, body: string | null): Promise<boolean> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  try {
    const response = await fetch(url, body === null ? {} : post);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
