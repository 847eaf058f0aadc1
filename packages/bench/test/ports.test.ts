import { once } from 'node:events';
import { createServer } from 'node:net';
import { freeBase, freePort } from '../src/ports.ts';

test('a base is drawn again as long as one of its ports is taken', async () => {
  const taken = await freePort();
  const server = createServer().listen(taken, '127.0.0.1');
  await once(server, 'listening');
  const draws: number[] = [];
  // Draws the base whose third port is taken, and then chance has it.
  const random = () => {
    draws.push(1);
    return draws.length === 1 ? (taken - 3 - 12_000) / (20_000 - 3) : Math.random();
  };
  const base = await freeBase([0, 3], random);
  server.close();

  expect(draws.length).toBeGreaterThan(1);
  expect([base, base + 3]).not.toContain(taken);
  expect(base + 3).toBeLessThan(32_768);
});
