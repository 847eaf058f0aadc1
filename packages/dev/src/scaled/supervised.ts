import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Report } from './reports.ts';
import { StartError } from './reports.ts';

export interface Launch {
  /** A file beside this one that reports what becomes of it. */
  script: 'service-main.ts' | 'redis-main.ts';
  args: string[];
  /** The whole environment. */
  env: Record<string, string | undefined>;
}

/** A service in processes of its own, all of them under one that replaces those that end. */
export interface Supervised {
  /** The supervising process: SIGHUP restarts the copies one after the other. */
  pid(): number;
  /** The processes that do the work. */
  copies(): number[];
  /** Replaces the copies one after the other. @throws {StartError} when the next one does not start */
  restart(): Promise<void>;
  /** Ends all; what is left after `limitMs` is cut off. */
  close(limitMs: number): Promise<void>;
}

const restartMs = 500;

/**
 * Starts a supervising process and waits until all it has to start is ready, unless the signal says that it need not
 * be any more. `log` is told each line that the copies write to standard error.
 *
 * @throws {StartError}
 */
export async function supervise(launch: Launch, log: (line: string) => void, signal: AbortSignal): Promise<Supervised> {
  const script = fileURLToPath(new URL(launch.script, import.meta.url));
  let child: ChildProcess;
  let ended = Promise.resolve();
  let pids: number[] = [];
  let closing = false;
  const restarted: ((outcome: true | string) => void)[] = [];

  const tellRestarted = (outcome: true | string) => {
    for (const tell of restarted.splice(0)) tell(outcome);
  };
  const start = () =>
    new Promise<void>((resolve, reject) => {
      // In a group of its own: Ctrl-C reaches this process alone, which then ends all in their order.
      const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...launch.args], {
        env: launch.env,
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      let ready = false;
      child = started;
      if (started.stderr) createInterface({ input: started.stderr }).on('line', log);
      started.on('error', reject);
      started.on('message', (message: Report) => {
        if ('copies' in message) {
          pids = message.copies;
          ready = true;
          resolve();
        } else if ('failed' in message) reject(new StartError(message.failed));
        else tellRestarted(message.restarted);
      });
      ended = new Promise((over) => {
        started.once('close', (code) => {
          over();
          reject(new StartError('A supervising process ended.'));
          tellRestarted('The supervising process ended.');
          // One that was asked to end stays away.
          if (ready && !closing && code !== 0) void startAgain();
        });
      });
    });
  const startAgain = async () => {
    while (!closing) {
      await sleep(restartMs);
      try {
        return await start();
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
      }
    }
  };

  signal.throwIfAborted();
  const cancel = () => child.kill('SIGTERM');
  signal.addEventListener('abort', cancel);
  await start();
  signal.removeEventListener('abort', cancel);
  return {
    pid: () => child.pid as number,
    copies: () => pids,
    async restart() {
      const outcome = await new Promise<true | string>((resolve) => {
        restarted.push(resolve);
        child.kill('SIGHUP');
      });
      if (outcome !== true) throw new StartError(outcome);
    },
    async close(limitMs) {
      closing = true;
      child.kill('SIGTERM');
      const force = setTimeout(() => {
        child.kill('SIGKILL');
        for (const pid of pids) kill(pid);
      }, limitMs);
      await ended;
      clearTimeout(force);
    },
  };
}

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
