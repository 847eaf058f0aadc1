/** Waits for something that a server tells later. */
export async function until(isTrue: () => boolean, timeoutMs = 8000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Time for streaming clients to part: one whose goodbye is not answered tries again for ever. */
export const goodbyes = () => new Promise((resolve) => setTimeout(resolve, 500));
