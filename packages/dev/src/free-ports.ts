import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Addresses } from './addresses.ts';
import { addressesFrom } from './addresses.ts';

/** Below the ports that systems give to whoever asks for any, so that none of these is given away meanwhile. */
const lowest = 18_000;
const highest = 32_000;

/** Addresses of which every one is free, for those who have to know their ports before anything listens. */
export async function freeAddresses(host = '127.0.0.1'): Promise<Addresses> {
  for (;;) {
    const addresses = addressesFrom(randomInt(lowest, highest), host);
    try {
      await ensureFree(host, Object.values(addresses.ports));
      return addresses;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

/** @throws the system's error, with `code` and `port`, for the first port that cannot be listened at */
export async function ensureFree(host: string, ports: number[]): Promise<void> {
  for (const port of ports) {
    const server = createServer().listen(port, host);
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
  }
}
