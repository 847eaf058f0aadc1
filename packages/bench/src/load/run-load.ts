import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LoadOrder, LoadResult } from './order.ts';

const script = fileURLToPath(new URL('load-main.ts', import.meta.url));

/** Runs the load generator in a process of its own; `onCounting` is called when the warm-up is over. */
export async function runLoad(order: LoadOrder, onCounting: () => void = () => {}): Promise<LoadResult> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(order));
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'counting') onCounting();
    else last = line;
  }
  if (!last) throw new Error('The load generator ended without a result.');
  return JSON.parse(last) as LoadResult;
}
