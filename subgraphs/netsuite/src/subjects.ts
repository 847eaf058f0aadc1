import type { Read } from '@customer360/kit/freshness';

/** Remembers the reads of one request by what they are about, so that freshness can be told without reading again. */
export interface Subjects {
  track<Value extends Read>(subject: string, read: Promise<Value>): Promise<Value>;
  /** The reads about a subject that worked; none without any. Rejects when all of them failed. */
  readsOf(subject: string): Promise<Read[]>;
}

export function createSubjects(): Subjects {
  const bySubject = new Map<string, Promise<Read>[]>();

  return {
    track(subject, read) {
      bySubject.set(subject, [...(bySubject.get(subject) ?? []), read]);
      return read;
    },
    async readsOf(subject) {
      const results = await Promise.allSettled(bySubject.get(subject) ?? []);
      const worked = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      const [first] = results;
      if (worked.length === 0 && first?.status === 'rejected') throw first.reason;
      return worked;
    },
  };
}
