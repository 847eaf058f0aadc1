/** Carries messages between all processes of the product. */
export interface Bus {
  /** Reaches every subscriber of the topic, this process's own too. It never throws; without a way out, it is told to this process alone. */
  publish(topic: string, message: unknown): Promise<void>;
  /**
   * Hears all messages of a topic, in order, from now on; the function that is returned ends it. `onGap` says that
   * messages may have been lost, so that what was built on them has to be read again.
   */
  subscribe(topic: string, listen: (message: unknown) => void, onGap?: () => void): () => void;
  close(): Promise<void>;
}
