/** Where a supergraph comes from. */
export interface SupergraphSource {
  /** What a person calls it, for messages. */
  name: string;
  /** How often it is worth looking. */
  everyMs: number;
  /**
   * The text, or null when it is the one that was read last.
   *
   * @throws when it cannot be read now
   */
  read(): Promise<string | null>;
}
