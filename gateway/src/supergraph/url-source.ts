import type { SupergraphSource } from './source.ts';

const timeoutMs = 5000;
const maxBytes = 20 * 1024 * 1024;

/** A supergraph that a registry or a web server hands out; asked again only for what changed, by its entity tag. */
export function createUrlSource(url: string, everyMs: number): SupergraphSource {
  let tag: string | null = null;
  return {
    // Without its query, which may hold a key.
    name: url.split('?', 1)[0] as string,
    everyMs,
    async read() {
      const response = await fetch(url, {
        headers: tag === null ? {} : { 'if-none-match': tag },
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.status === 304 && tag !== null) {
        await response.body?.cancel();
        return null;
      }
      if (!response.ok) {
        await response.body?.cancel();
        throw new Error(`it was answered with status ${response.status}`);
      }
      const text = await readText(response);
      tag = response.headers.get('etag');
      return text;
    },
  };
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error('it is larger than 20 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
