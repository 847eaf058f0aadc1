interface Read {
  settled: Promise<unknown>;
  beganAt: Date;
}

/** Remembers when the reads of one request began, so that freshness can be told without reading again. */
export interface Reads {
  track<Value>(subject: string, read: Promise<Value>): Promise<Value>;
  /** When the earliest read of a subject that worked began; null without any. Rejects when all of them failed. */
  earliest(subject: string): Promise<Date | null>;
}

export function createReads(clock: () => Date): Reads {
  const bySubject = new Map<string, Read[]>();

  return {
    track(subject, read) {
      const reads = bySubject.get(subject) ?? [];
      bySubject.set(subject, [...reads, { settled: read, beganAt: clock() }]);
      return read;
    },
    async earliest(subject) {
      const reads = bySubject.get(subject) ?? [];
      const results = await Promise.allSettled(reads.map(({ settled }) => settled));
      const worked = reads.filter((_, index) => results[index]?.status === 'fulfilled');
      if (worked.length === 0) return results[0]?.status === 'rejected' ? Promise.reject(results[0].reason) : null;
      return new Date(Math.min(...worked.map(({ beganAt }) => beganAt.getTime())));
    },
  };
}
