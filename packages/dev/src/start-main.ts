import { plainSentence } from '@customer360/kit/service';
import { readArguments, UsageError } from '@customer360/sandbox/config';
import { addressesFrom } from './addresses.ts';
import { buildWeb } from './build-web.ts';
import { readScaled } from './read-scaled.ts';
import { StartError } from './scaled/reports.ts';
import { CompositionError } from './supergraph-config.ts';
import { writeSupergraph } from './write-supergraph.ts';

/** `npm start`: everything in this process, or with `--scaled` each service in processes of its own. */
const say = (line: string) => process.stdout.write(`${line}\n`);
/** Something of ours that hangs does not keep the terminal. */
const stopLimitMs = 4800;

try {
  const { copies, rest } = readScaled(process.argv.slice(2));
  const { portBase, host, ...world } = readArguments(rest);
  const buildBegan = performance.now();
  const built = await buildWeb(writeSupergraph);
  const buildMs = performance.now() - buildBegan;
  if (built) say(`Built the page in ${seconds(buildMs)}.`);

  // Loaded when needed: one of them brings all services into this process.
  const start = copies === 0 ? await import('./start-embedded.ts') : await import('./start-scaled.ts');
  const { rows, close } = await start.start({ addresses: addressesFrom(portBase, host), copies, ...world });

  let stopping = false;
  const stop = async () => {
    // Ctrl-C reaches this process from the terminal and again from the one that started it.
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), stopLimitMs).unref();
    await close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  process.on('disconnect', () => void stop());

  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  say('');
  for (const row of rows) say(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
  say(
    `\n${world.size} accounts, seed ${world.seed}. Ready in ${seconds(performance.now() - buildMs)}. Ctrl-C stops everything.`,
  );
} catch (error) {
  const known = error instanceof UsageError || error instanceof CompositionError || error instanceof StartError;
  process.stderr.write(`${known ? error.message : plainSentence(error)}\n`);
  process.exit(1);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
