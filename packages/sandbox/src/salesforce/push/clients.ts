import { randomBytes } from 'node:crypto';
import type { Control } from '../../vendor/control.ts';
import type { Bus, PushEvent } from './bus.ts';
import type { Reply } from './messages.ts';

/** One listening client. */
export interface Client {
  readonly id: string;
  readonly token: string | undefined;
  readonly channels: Set<string>;
  /** Whether it has connected since its handshake; the first connect is answered at once. */
  connected: boolean;
  /** Messages that wait for the client to fetch them. */
  queue: Reply[];
  /** Ends the request that is held for this client. */
  release: (() => void) | undefined;
  /** When it was last heard of; not while a request is held. */
  seenAt: number;
}

export interface Clients {
  add(token: string | undefined): Client;
  /** Undefined once a client has gone, or stayed away for too long. */
  find(id: string | undefined): Client | undefined;
  remove(client: Client): void;
  /** How many there are. */
  count(): number;
  /** Whether a client of this id said goodbye. */
  hasLeft(id: string | undefined): boolean;
}

const maxAwayMs = 40_000;

export function createClients(bus: Bus, control: Control): Clients {
  const clients = new Map<string, Client>();
  const left = new Set<string>();

  bus.listen((event) => {
    for (const client of clients.values()) {
      const messages = messagesFor(event, client.channels);
      // Each client has its own losses, doubles and delays; the bus keeps the event as it is for whoever replays.
      for (const message of messages) {
        control.deliver(() => {
          client.queue.push(message);
          client.release?.();
        });
      }
    }
  });
  const isAway = ({ release, seenAt }: Client) => !release && Date.now() - seenAt > maxAwayMs;

  const tidy = () => {
    for (const client of clients.values()) if (isAway(client)) clients.delete(client.id);
  };

  return {
    count() {
      tidy();
      return clients.size;
    },
    add(token) {
      const id = randomBytes(16).toString('hex');
      const client = {
        id,
        token,
        channels: new Set<string>(),
        connected: false,
        queue: [],
        release: undefined,
        seenAt: Date.now(),
      };
      clients.set(id, client);
      return client;
    },
    find(id) {
      const client = id === undefined ? undefined : clients.get(id);
      if (!client || isAway(client)) return undefined;
      client.seenAt = Date.now();
      return client;
    },
    remove(client) {
      client.release?.();
      clients.delete(client.id);
      left.add(client.id);
    },
    hasLeft: (id) => id !== undefined && left.has(id),
  };
}

export const messagesFor = ({ channels, data }: PushEvent, wanted: ReadonlySet<string>): Reply[] =>
  channels.filter((channel) => wanted.has(channel)).map((channel) => ({ channel, data }));
