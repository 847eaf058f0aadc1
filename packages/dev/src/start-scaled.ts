import type { ScaledService } from './scaled.ts';
import { startScaled } from './scaled.ts';
import type { Started, StartOptions } from './started.ts';

/** Starts each service in processes of its own. */
export async function start({ addresses, copies, size, seed, settings }: StartOptions): Promise<Started> {
  const scaled = await startScaled({ addresses, copies, sandboxes: { size, seed, ...settings }, env: process.env });
  const { gateway, subgraphs, sandboxes, redis, close } = scaled;
  const told = (service: ScaledService) =>
    `${service.copies().length} copies; kill -HUP ${service.pid()} restarts them one by one`;
  return {
    rows: [
      ['Page', `${gateway.url}/`],
      ['Graph', `${gateway.url}/graphql`, told(gateway)],
      ...Object.values(subgraphs).map((service) => [
        `Subgraph ${service.name}`,
        `${service.url}/graphql`,
        told(service),
      ]),
      ...Object.entries(sandboxes.vendors).map(([name, { url }]) => [`Sandbox ${name}`, url]),
      ['Redis', withoutPassword(redis.url)],
    ],
    close,
  };
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
