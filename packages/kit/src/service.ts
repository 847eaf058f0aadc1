import { ConfigError } from './config.ts';

/** A running service, however it was started. */
export interface Service {
  name: string;
  url: string;
  /** Says that nothing more should be sent, and resolves when those who send have had the time to hear it. */
  drain(): Promise<void>;
  /** Ends; requests under way have `graceMs` to finish. @default graceMs 2000 */
  close(graceMs?: number): Promise<void>;
  /** Reads again what it was started with. */
  reload?(): Promise<void>;
}

/** A stop is over by then, whatever still hangs: who supervises the process kills it not long after. */
const stopMs = 19_000;

/** Runs a service as the whole process: starts it, says where it is, drains it on a signal, reloads it on SIGHUP. */
export async function runService(start: () => Promise<Service>): Promise<void> {
  try {
    const service = await start();
    const stop = async () => {
      const began = performance.now();
      setTimeout(() => process.exit(1), stopMs).unref();
      await service.drain();
      await service.close(stopMs - 4000 - (performance.now() - began));
    };
    // A second signal, which a terminal sends along with npm's own, must not cut the first one short.
    let stopping = false;
    const stopOnce = () => {
      if (stopping) return;
      stopping = true;
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on('SIGINT', stopOnce);
    process.on('SIGTERM', stopOnce);
    // Where there is a terminal, the signal says that it is gone.
    const { reload } = service;
    process.on('SIGHUP', reload && !process.stdout.isTTY ? () => void reload() : stopOnce);
    process.stdout.write(`${service.name} is ready at ${service.url}\n`);
    // To whoever forked this process and waits for it.
    process.send?.('ready');
  } catch (error) {
    process.stderr.write(`${plainSentence(error)}\n`);
    process.exit(1);
  }
}

/** What a person at a terminal reads when a service cannot start. */
export function plainSentence(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, port } = (error ?? {}) as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program. Stop it or choose other ports.`;
  return `It could not start: ${error instanceof Error ? error.message : 'unknown reason'}.`;
}
