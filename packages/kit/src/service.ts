import { ConfigError } from './config.ts';

/** A running service, however it was started. */
export interface Service {
  name: string;
  url: string;
  close(): Promise<void>;
}

/** Runs a service as the whole process: starts it, says where it is, stops it on a signal. */
export async function runService(start: () => Promise<Service>): Promise<void> {
  try {
    const service = await start();
    process.stdout.write(`${service.name} is ready at ${service.url}\n`);
    const stop = () => {
      setTimeout(() => process.exit(0), 4000).unref();
      service.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
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
