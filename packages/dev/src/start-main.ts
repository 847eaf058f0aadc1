import { plainSentence } from '@customer360/kit/service';
import { readArguments, sayProgress, UsageError, worldFolder } from '@customer360/sandbox/config';
import { addressesFrom } from './addresses.ts';
import { buildWeb } from './build-web.ts';
import { startEmbedded } from './embedded.ts';
import { CompositionError } from './supergraph-config.ts';
import { writeSupergraph } from './write-supergraph.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const { host, portBase, size, seed, settings } = readArguments(process.argv.slice(2));
  const buildBegan = performance.now();
  const built = await buildWeb(writeSupergraph);
  const buildMs = performance.now() - buildBegan;
  if (built) say(`Built the page in ${seconds(buildMs)}.`);
  const embedded = await startEmbedded({
    addresses: addressesFrom(portBase, host),
    sandboxes: { size, seed, ...settings, cacheFolder: worldFolder, onProgress: sayProgress },
    env: process.env,
  });

  let stopping = false;
  const stop = async () => {
    // Ctrl-C reaches this process from the terminal and again from the one that started it.
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), 4500).unref();
    await embedded.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());

  const rows: [string, string][] = [
    ['Page', `${embedded.gateway.url}/`],
    ['Graph', `${embedded.gateway.url}/graphql`],
    ...Object.values(embedded.subgraphs).map(({ name, url }): [string, string] => [
      `Subgraph ${name}`,
      `${url}/graphql`,
    ]),
    ...Object.entries(embedded.sandboxes.vendors).map(([name, { url }]): [string, string] => [`Sandbox ${name}`, url]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  say('');
  for (const [name, url] of rows) say(`  ${name.padEnd(width)}  ${url}`);
  const world = embedded.sandboxes.world;
  say(
    `\n${world.size} accounts, seed ${world.seed}. Ready in ${seconds(performance.now() - buildMs)}. Ctrl-C stops everything.`,
  );
} catch (error) {
  const known = error instanceof UsageError || error instanceof CompositionError;
  process.stderr.write(`${known ? error.message : plainSentence(error)}\n`);
  process.exit(1);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
