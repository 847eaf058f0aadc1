import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { noteServerTime } from '../lib/server-clock.ts';

export function createClient(uri: string): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({
      uri,
      async fetch(input, init) {
        const response = await fetch(input, init);
        noteServerTime(response.headers);
        return response;
      },
    }),
    // Answers stay whole. Merged by entity, one answer's null would overwrite another's value, and its error would
    // not travel with it.
    cache: new InMemoryCache({ dataIdFromObject: () => undefined }),
  });
}
