/** What a supervising process tells the one that started it. */
export type Report =
  /** The processes that run now; the first such report says that all of them are ready. */
  | { copies: number[] }
  /** It cannot start; the sentence is for the person at the terminal. The process ends. */
  | { failed: string }
  /** All copies have been replaced, or why the next one could not be. */
  | { restarted: true | string };

/** Tells the process that started this one, if it is still there. */
export function report(message: Report): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected && process.send) process.send(message, () => resolve());
    else resolve();
  });
}

/** A part that cannot start. The message is one sentence for the person at the terminal. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
