import { plainSentence } from '../service.ts';
import { runCacheCommand } from './cache-command.ts';
import { readConfig } from './config.ts';

/** Shows and drops what the cache in Redis holds. */
try {
  const lines = await runCacheCommand(process.argv.slice(2), readConfig());
  process.stdout.write(`${lines.join('\n')}\n`);
} catch (error) {
  process.stderr.write(`${plainSentence(error)}\n`);
  process.exitCode = 1;
}
