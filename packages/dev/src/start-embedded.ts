import { sayProgress, worldFolder } from '@customer360/sandbox/config';
import { startEmbedded } from './embedded.ts';
import type { Started, StartOptions } from './started.ts';

/** Starts everything in this process. */
export async function start({ addresses, size, seed, settings }: StartOptions): Promise<Started> {
  const { gateway, subgraphs, sandboxes, close } = await startEmbedded({
    addresses,
    sandboxes: { size, seed, ...settings, cacheFolder: worldFolder, onProgress: sayProgress },
    env: process.env,
  });
  return {
    rows: [
      ['Page', `${gateway.url}/`],
      ['Graph', `${gateway.url}/graphql`],
      ...Object.values(subgraphs).map(({ name, url }) => [`Subgraph ${name}`, `${url}/graphql`]),
      ...Object.entries(sandboxes.vendors).map(([name, { url }]) => [`Sandbox ${name}`, url]),
    ],
    close,
  };
}
