import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../statistics.ts';
import { openConnection, printRequest } from './connection.ts';
import type { LoadOrder, LoadResult } from './order.ts';

/** The load generator, a process of its own: takes its order on stdin, says when it begins to count, then what it saw. */
const order = JSON.parse(await text(process.stdin)) as LoadOrder;
const url = new URL(order.url);
const requests = order.bodies.map((body) => printRequest(url, body));
const latencies: number[] = [];
let next = 0;
let errors = 0;
let bytes = 0;
let countFrom = Number.POSITIVE_INFINITY;
let until = Number.POSITIVE_INFINITY;

const { everyMs = 0 } = order;
/** Whoever comes back later than this brings a new connection: servers close idle ones, and might just as this is used. */
const keptMs = 1000;

async function work(_: unknown, index: number) {
  let connection = await openConnection(url.hostname, Number(url.port));
  let due = performance.now() + (everyMs * index) / order.connections;
  while (performance.now() < until) {
    if (everyMs > 0) await sleep(Math.max(0, due - performance.now()));
    due += everyMs;
    if (everyMs > keptMs || !connection.isOpen) {
      connection.close();
      connection = await openConnection(url.hostname, Number(url.port));
    }
    const began = performance.now();
    if (began >= until) break;
    const request = requests[next++ % requests.length] as Buffer;
    let good = false;
    try {
      const answer = await connection.ask(request);
      good = answer.status === 200 && !answer.errors;
      if (performance.now() >= countFrom) bytes += answer.bytes;
    } catch {
      connection = await openConnection(url.hostname, Number(url.port));
    }
    const ended = performance.now();
    if (ended >= countFrom && ended <= until) {
      if (good) latencies.push(ended - began);
      else errors += 1;
    }
  }
  connection.close();
}

// A gateway that hangs must not hang the bench.
setTimeout(() => process.exit(1), order.warmUpMs + order.durationMs + 15_000).unref();

const working = Promise.all(Array.from({ length: order.connections }, work));
await sleep(order.warmUpMs);
countFrom = performance.now();
until = countFrom + order.durationMs;
const before = process.cpuUsage();
process.stdout.write('counting\n');
await working;
const { user, system } = process.cpuUsage(before);

latencies.sort((one, other) => one - other);
const result: LoadResult = {
  requests: latencies.length,
  errors,
  bytes,
  seconds: order.durationMs / 1000,
  p50: quantile(latencies, 0.5),
  p95: quantile(latencies, 0.95),
  p99: quantile(latencies, 0.99),
  cpuSeconds: (user + system) / 1e6,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
