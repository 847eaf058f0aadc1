import cluster from 'node:cluster';
import { startCopies } from './copies.ts';
import { report } from './reports.ts';

/**
 * Supervises the copies of one service: `node service-main.ts <its main file> <copies> [its arguments]`. The copies
 * share the listening port. SIGHUP restarts them one after the other,
 * SIGTERM ends them, and so does the end of the process that started this one.
 */
const orphanLimitMs = 2000;
const stopLimitMs = 20_000;
const [exec = '', count = '1', ...args] = process.argv.slice(2);

cluster.setupPrimary({ exec, args, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
// Nobody may be left to read it.
process.stderr.on('error', () => undefined);

let end = (_limitMs: number): Promise<void> => Promise.resolve();
process.once('disconnect', () => void end(orphanLimitMs).then(() => process.exit(1)));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void end(stopLimitMs).then(() => process.exit(0)));

try {
  const copies = await startCopies(Number(count), (pids) => void report({ copies: pids }));
  end = copies.stop;
  let restarting = Promise.resolve();
  process.on('SIGHUP', () => {
    restarting = restarting
      .then(copies.restart)
      .then(() => report({ restarted: true }))
      .catch((error: Error) => report({ restarted: error.message }));
  });
} catch (error) {
  await report({ failed: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
