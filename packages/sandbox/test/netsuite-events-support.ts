import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordEvent } from '../src/netsuite/events/observed-store.ts';
import type { NetsuiteOptions } from '../src/netsuite/server.ts';
import { startNetsuite } from '../src/netsuite/server.ts';
import { openWorld } from '../src/world/world.ts';
import { today } from './netsuite-support.ts';

export const secret = 'whsec-example';

export interface Delivery {
  timestamp: string;
  signature: string;
  raw: Buffer;
  event: RecordEvent;
}

/** Takes events as they come; `statuses` are the answers to the first ones, 202 to all others. */
export async function startReceiver(statuses: number[] = []) {
  const deliveries: Delivery[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    deliveries.push({
      timestamp: String(request.headers['x-customer360-timestamp']),
      signature: String(request.headers['x-customer360-signature']),
      raw,
      event: JSON.parse(raw.toString('utf8')) as RecordEvent,
    });
    response.writeHead(statuses.shift() ?? 202).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    deliveries,
    events: () => deliveries.map(({ event }) => event),
    /** Waits until this many have come, or as many as come in two seconds. */
    async wait(count: number) {
      for (let round = 0; deliveries.length < count && round < 200; round += 1) await sleep(10);
      return deliveries;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function startEvents(options: Partial<NetsuiteOptions> = {}, statuses: number[] = []) {
  const world = openWorld({ seed: 7, size: 30, today });
  const receiver = await startReceiver(statuses);
  const webhook = { url: receiver.url, secret };
  const netsuite = await startNetsuite({ host: '127.0.0.1', port: 0, world, webhook, ...options });
  const control = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${netsuite.url}/_control/${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return {
    netsuite,
    world,
    receiver,
    control,
    /** A customer that the world has made, and one of its running subscription orders. */
    customer: String(world.db.prepare('SELECT MIN(id) AS id FROM ns_customer WHERE currency_id = 1').get()?.id),
    close: async () => {
      await netsuite.close();
      await receiver.close();
      world.close();
    },
  };
}
