import { writeSupergraph } from './write-supergraph.ts';

try {
  const { hints, subgraphs } = await writeSupergraph();
  for (const hint of hints) process.stdout.write(`hint: ${hint}\n`);
  process.stdout.write(`Composed ${subgraphs.join(', ')} into gateway/generated/supergraph.graphql\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
