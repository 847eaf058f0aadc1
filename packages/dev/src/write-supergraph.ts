import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compose } from './compose.ts';
import { paths } from './paths.ts';
import { readSupergraphConfig } from './supergraph-config.ts';

export interface Written {
  supergraphSdl: string;
  hints: string[];
  subgraphs: string[];
}

/** Composes the graph that `supergraph.yaml` describes and writes it where the gateway looks for it. */
export async function writeSupergraph(
  env: Record<string, string | undefined> = process.env,
  file = paths.supergraph,
): Promise<Written> {
  const subgraphs = await readSupergraphConfig(paths.supergraphYaml, env);
  const { supergraphSdl, apiSdl, hints } = compose(subgraphs);
  await mkdir(dirname(file), { recursive: true });
  // Moved into place whole: a gateway that reads meanwhile sees the old file or the new one.
  for (const [path, sdl] of [
    [file, supergraphSdl],
    [join(dirname(file), 'api.graphql'), apiSdl],
  ] as const) {
    await writeFile(`${path}.${process.pid}.new`, sdl);
    await rename(`${path}.${process.pid}.new`, path);
  }
  return { supergraphSdl, hints, subgraphs: subgraphs.map(({ name }) => name) };
}
