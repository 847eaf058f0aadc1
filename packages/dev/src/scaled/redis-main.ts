import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { report } from './reports.ts';

/**
 * Supervises one Redis, in memory only: `node redis-main.ts <host> <port>`. It is started again when it ends, and ends
 * with the process that started this one.
 */
const restartMs = 200;
const howTo = 'Install it (on Debian: apt-get install redis-server), or set REDIS_URL to one that runs.';
const [host = '127.0.0.1', port = '6379'] = process.argv.slice(2);
let stopping = false;
let redis: ChildProcess | undefined;

function start() {
  const args = ['--port', port, '--bind', host, '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  redis = child;
  let output = '';
  let ready = false;
  child.stdout.on('data', (data) => {
    if (ready) return;
    output += data;
    ready = output.includes('Ready to accept connections');
    if (ready) void report({ copies: [child.pid as number] });
  });
  child.once('error', () => undefined);
  child.once('close', (code) => {
    if (ready) void report({ copies: [] });
    if (stopping) process.exit(0);
    else if (child.pid === undefined) void fail(`redis-server is not installed. ${howTo}`);
    else if (code === 1 && !ready)
      void fail(`Redis could not start at port ${port}. ${output.trim().split('\n').at(-1)}`);
    else setTimeout(start, restartMs);
  });
}

async function fail(sentence: string) {
  await report({ failed: sentence });
  process.exit(1);
}

function stop() {
  stopping = true;
  if (redis?.pid === undefined || redis.exitCode !== null || redis.signalCode !== null) process.exit(0);
  redis.kill('SIGTERM');
  setTimeout(() => redis?.kill('SIGKILL'), 1000);
}

process.once('disconnect', stop);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
start();
