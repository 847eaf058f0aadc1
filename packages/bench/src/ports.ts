import { ensureFree } from '@customer360/dev/free-ports';

/** Outside of what systems hand to clients of their own accord, from 32768 on, so that no connection takes a port first. */
const lowest = 12_000;
const highest = 32_000;
const attempts = 100;

/**
 * A base of which every `base + offset` is free on the loopback at the moment.
 *
 * @param random draws from 0 to 1. @default Math.random
 * @throws when a hundred draws found none
 */
export async function freeBase(offsets: readonly number[], random: () => number = Math.random): Promise<number> {
  const room = highest - lowest - Math.max(...offsets);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const base = lowest + Math.floor(random() * room);
    const ports = offsets.map((offset) => base + offset);
    if (await areFree(ports)) return base;
  }
  throw new Error(`No free ports from ${lowest} to ${highest}`);
}

export const freePort = () => freeBase([0]);

async function areFree(ports: number[]): Promise<boolean> {
  try {
    await ensureFree('127.0.0.1', ports);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
}
