import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AnswerFault } from './faulty-answer.ts';
import { createFaultyAnswer } from './faulty-answer.ts';

/** What is wrong with a network. Connections that are open already suffer as new ones do. */
export type NetworkFault =
  /** Nobody listens; what was connected is not any more. */
  | { kind: 'refuse' }
  /** Connections are accepted, and nothing that is sent ever arrives. */
  | { kind: 'blackhole' }
  /** The connection breaks as soon as something is sent. */
  | { kind: 'reset' }
  /** The part of connections, 0 to 1, that breaks as under `reset`; the others work. */
  | { kind: 'share'; part: number }
  | AnswerFault;

/** A TCP proxy in front of one server. */
export interface FaultProxy extends AsyncDisposable {
  /** The address of the target, but through here. */
  url: string;
  /** What clients did, since the start: connections taken and pieces sent; while it refuses, nothing is seen. */
  seen(): { connections: number; sent: number };
  /** Breaks the network; resolves when that is so. */
  suffer(fault: NetworkFault): Promise<void>;
  /** Makes it whole again; connections that met a fault are broken, as their ends are in doubt. */
  heal(): Promise<void>;
}

interface Link {
  client: Socket;
  /** Whether it met a fault. */
  harmed: boolean;
  unlucky: boolean;
}

/** Starts a proxy on a free port. @param target address of the server, e.g. `http://127.0.0.1:4101` */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const to = new URL(target);
  const links = new Set<Link>();
  let fault: NetworkFault | null = null;
  let connections = 0;
  let sent = 0;
  let turn = 0;

  /** Exactly the part of connections, evenly spread: chance would make a test differ from run to run. */
  const isUnlucky = () => {
    if (fault?.kind !== 'share') return false;
    turn += fault.part;
    if (turn < 1) return false;
    turn -= 1;
    return true;
  };

  const server = createServer({ noDelay: true }, (client) => {
    // One that was on its way when the door closed.
    if (fault?.kind === 'refuse') return reset(client);
    connections += 1;
    const link: Link = { client, harmed: false, unlucky: isUnlucky() };
    const upstream = connect({ host: to.hostname, port: Number(to.port), noDelay: true });
    const answer = createFaultyAnswer(client, () => {
      if (fault?.kind === 'blackhole') return { kind: 'swallow' };
      const met = fault !== null && 'harm' in fault ? fault : null;
      if (met) link.harmed = true;
      return met;
    });
    links.add(link);
    client.on('data', (bytes) => {
      sent += 1;
      if (fault?.kind === 'reset' || link.unlucky) return reset(client);
      if (fault?.kind === 'blackhole') {
        link.harmed = true;
        return undefined;
      }
      return upstream.write(bytes);
    });
    upstream.on('data', answer.add);
    upstream.on('close', answer.end);
    client.on('close', () => {
      links.delete(link);
      answer.stop();
      upstream.destroy();
    });
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
    client.on('end', () => upstream.end());
    return undefined;
  });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  async function listen(where: number) {
    server.listen(where, '127.0.0.1');
    await once(server, 'listening');
  }
  async function hangUp(which: (link: Link) => boolean) {
    for (const { client } of [...links].filter(which)) reset(client);
    // Clients hear of it in the next turn.
    await nextTurn();
  }
  async function suffer(next: NetworkFault | null) {
    fault = next;
    if (next?.kind === 'refuse') {
      server.close();
      return hangUp(() => true);
    }
    if (!server.listening) await listen(port);
    await hangUp(({ harmed }) => harmed);
    for (const link of links) link.unlucky = isUnlucky();
  }

  return {
    url: Object.assign(new URL(target), { host: `127.0.0.1:${port}` }).href.replace(/\/$/, ''),
    seen: () => ({ connections, sent }),
    suffer,
    heal: () => suffer(null),
    [Symbol.asyncDispose]: () => suffer({ kind: 'refuse' }),
  };
}

/** One that is being ended cannot be reset any more, and Node would never say that it is closed. */
const reset = (socket: Socket) => void (socket.writableEnded ? socket.destroy() : socket.resetAndDestroy());
