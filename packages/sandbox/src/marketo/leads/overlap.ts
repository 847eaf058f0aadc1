/** One call among those that run at the same time. */
export interface Overlap {
  /** Notes that this call created a person. */
  created(leadId: number): void;
  /** Whether a person was created by others since this call came in. */
  overlooks(leadId: number): boolean;
  end(): void;
}

/** A call that nothing runs beside. */
export const notOverlapping: Overlap = { created: () => {}, overlooks: () => false, end: () => {} };

/**
 * Marketo looks for matching people when a call comes in: of two calls at the same time, neither sees whom the other
 * creates, and the same person is there twice.
 */
export function createOverlap(): { begin(): Overlap } {
  const running = new Set<Overlap>();
  let newcomers: { leadId: number; by: Overlap; seenBy: Set<Overlap> }[] = [];

  return {
    begin() {
      const earlier = newcomers;
      const call: Overlap = {
        created(leadId) {
          if (running.size > 1) newcomers.push({ leadId, by: call, seenBy: new Set() });
        },
        overlooks: (leadId) =>
          newcomers.some((one) => one.leadId === leadId && one.by !== call && !one.seenBy.has(call)),
        end() {
          running.delete(call);
          if (running.size === 0) newcomers = [];
        },
      };
      for (const { seenBy } of earlier) seenBy.add(call);
      running.add(call);
      return call;
    },
  };
}
