import { once } from 'node:events';
import { connect } from 'node:net';
import { startRedis } from '../src/redis-server.ts';

test('a real Redis starts on a port of its own, answers, and is gone afterwards', async () => {
  let url: URL;
  {
    await using redis = await startRedis();
    url = new URL(redis.url);
    const socket = connect(Number(url.port), url.hostname);
    socket.write('PING\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toBe('+PONG\r\n');
    socket.destroy();
  }
  const refused = connect(Number(url.port), url.hostname);
  const [error] = await once(refused, 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});
