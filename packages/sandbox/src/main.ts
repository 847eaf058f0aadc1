import { readArguments, readVendors, sayProgress, worldFolder } from './config.ts';
import { startSandboxes } from './start.ts';

try {
  const { host, portBase, size, seed, settings } = readArguments(process.argv.slice(2));
  const ports = { netsuite: portBase + 101, salesforce: portBase + 102, marketo: portBase + 103 };
  const sandboxes = await startSandboxes({
    host,
    ports: Object.fromEntries(readVendors().map((vendor) => [vendor, ports[vendor]])),
    size,
    seed,
    ...settings,
    cacheFolder: worldFolder,
    onProgress: sayProgress,
  });
  for (const [name, { url }] of Object.entries(sandboxes.vendors))
    process.stdout.write(`${name} sandbox is ready at ${url}\n`);
  // To whoever forked this process and waits for it.
  process.send?.('ready');
  const stop = () => void sandboxes.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
