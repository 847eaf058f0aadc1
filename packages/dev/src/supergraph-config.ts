import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const schema = z.object({
  federation_version: z.union([z.string(), z.number()]),
  subgraphs: z.record(z.string(), z.object({ routing_url: z.string(), schema: z.object({ file: z.string() }) })),
});

export interface SubgraphDefinition {
  name: string;
  url: string;
  sdl: string;
}

/** A graph that cannot be put together; the message is for the person who edits the schemas. */
export class CompositionError extends Error {
  override readonly name = 'CompositionError';
}

/**
 * Reads a `supergraph.yaml` in Rover's format, with `${env.NAME}` and `${env.NAME:-default}` filled in.
 *
 * @throws {CompositionError} naming the entry or file that cannot be used
 */
export async function readSupergraphConfig(
  path: string,
  env: Record<string, string | undefined>,
): Promise<SubgraphDefinition[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CompositionError(`${path} cannot be read.`);
  });
  const config = schema.safeParse(parse(text));
  if (!config.success)
    throw new CompositionError(`${path} is not in the expected format. ${z.prettifyError(config.error)}`);

  return Promise.all(
    Object.entries(config.data.subgraphs).map(async ([name, subgraph]) => {
      const file = resolve(dirname(path), subgraph.schema.file);
      const sdl = await readFile(file, 'utf8').catch(() => {
        throw new CompositionError(`The schema of ${name} cannot be read at ${subgraph.schema.file}.`);
      });
      return { name, url: expand(subgraph.routing_url, env), sdl };
    }),
  );
}

function expand(text: string, env: Record<string, string | undefined>): string {
  return text.replaceAll(/\$\{env\.(\w+)(?::-([^}]*))?\}/g, (_, name: string, fallback?: string) => {
    const value = env[name] ?? fallback;
    if (value === undefined)
      throw new CompositionError(`${name} is not set and supergraph.yaml gives no default for it.`);
    return value;
  });
}
