/**
 * Collects what is added within one tick, with the loaders that other promises of the tick start, and hands it over
 * together.
 */
export function createBatch<Item>(flush: (items: Item[]) => void): (item: Item) => void {
  let waiting: Item[] = [];

  return (item) => {
    waiting.push(item);
    if (waiting.length > 1) return;
    // After all promise jobs and ticks that are queued now: DataLoader dispatches the same way.
    void Promise.resolve().then(() =>
      process.nextTick(() => {
        const items = waiting;
        waiting = [];
        flush(items);
      }),
    );
  };
}
