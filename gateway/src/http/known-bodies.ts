import { LRUCache } from 'lru-cache';
import type { GraphqlRequest } from './read-request.ts';

/** Requests by the whole text of their bodies: what is sent again is neither parsed nor checked again. */
export interface KnownBodies {
  /** @throws what `read` throws, of which nothing is remembered */
  get(text: string, read: (text: string) => GraphqlRequest): GraphqlRequest;
}

const maxCharacters = 4 * 1024 * 1024;
const maxBodyCharacters = 64 * 1024;
/** Of objects around a text. */
const overhead = 200;

export function createKnownBodies(): KnownBodies {
  const known = new LRUCache<string, GraphqlRequest>({ maxSize: maxCharacters });
  return {
    get(text, read) {
      const before = known.get(text);
      if (before) return before;
      const request = read(text);
      // The request holds the text a second time, in parts, and its key a third.
      if (text.length <= maxBodyCharacters) known.set(text, request, { size: 3 * text.length + overhead });
      return request;
    },
  };
}
