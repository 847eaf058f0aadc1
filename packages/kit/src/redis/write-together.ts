import { Cluster, type Redis } from 'ioredis';
import type { RedisClient } from './connect.ts';

/**
 * Sends the commands that one turn of the event loop makes in one write, instead of a system call for each. None waits
 * longer for that: they go out before anything else is looked at.
 */
export function writeTogether(client: RedisClient): void {
  if (client instanceof Cluster) {
    client.on('+node', writeTogether);
    return;
  }
  const send: Redis['sendCommand'] = client.sendCommand.bind(client);
  client.sendCommand = (command, stream) => {
    const socket = client.stream;
    if (socket && socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(() => socket.uncork());
    }
    return send(command, stream);
  };
}
