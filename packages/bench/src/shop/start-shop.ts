import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compose } from '@customer360/dev/compose';
import { freePort } from '../ports.ts';
import type { RunningProcess } from '../processes.ts';
import { startProcess } from '../processes.ts';
import { shopSubgraphs } from './resolvers.ts';
import { readSdl } from './schema.ts';

export interface Shop {
  supergraphPath: string;
  subgraphs: RunningProcess;
}

/**
 * Starts the subgraphs that all candidates share and writes their supergraph into a folder. For `maxAgeS` seconds they
 * let everybody keep an answer; with 0 they say nothing of it.
 */
export async function startShop(folder: string, maxAgeS = 0): Promise<Shop> {
  const places: { name: string; url: string; sdl: string; port: number }[] = [];
  for (const name of shopSubgraphs) {
    const port = await freePort();
    places.push({ name, url: `http://127.0.0.1:${port}/graphql`, sdl: readSdl(name), port });
  }
  const supergraphPath = join(folder, 'supergraph.graphql');
  await writeFile(supergraphPath, compose(places).supergraphSdl);
  const script = fileURLToPath(new URL('subgraphs-main.ts', import.meta.url));
  const args = [
    '--disable-warning=ExperimentalWarning',
    script,
    String(maxAgeS),
    ...places.map(({ port }) => String(port)),
  ];
  const subgraphs = await startProcess({ command: process.execPath, args }, places.at(-1)?.url ?? '');
  return { supergraphPath, subgraphs };
}
