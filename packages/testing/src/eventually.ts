import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so. @throws {Error} after `withinMs`. @default withinMs 5000 */
export async function eventually(isSo: () => boolean | Promise<boolean>, withinMs = 5000): Promise<void> {
  const until = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > until) throw new Error(`It was not so within ${withinMs} ms.`);
    await sleep(5);
  }
}
