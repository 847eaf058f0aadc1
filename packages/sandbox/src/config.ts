import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Settings } from './settings.ts';
import { readSettings } from './settings.ts';
import type { Vendor } from './start.ts';

export interface SandboxConfig {
  host: string;
  portBase: number;
  size: number;
  seed: number;
  settings: Settings;
}

/** Where large worlds are kept between starts. */
export const worldFolder = fileURLToPath(new URL('../../../.data/worlds', import.meta.url));

/** Tells a waiting person how far a large world is. */
export function sayProgress(share: number) {
  const percent = Math.round(share * 100);
  if (percent % 10 === 0) process.stdout.write(`Making the sandboxes' world, once: ${percent} %\n`);
}

/** A command line that cannot be used; the message says which option and what would do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads the options that every way of starting the sandboxes takes. @throws {UsageError} */
export function readArguments(args: string[]): SandboxConfig {
  const values = readOptions(args);
  return {
    host: values.host ?? '127.0.0.1',
    portBase: integer('--port-base', values['port-base'], 4000, 0, 65_000),
    size: integer('--size', values.size, 500, 1, 200_000),
    seed: integer('--seed', values.seed, 1, 0, 2 ** 31),
    settings: settingsFrom(values.set ?? []),
  };
}

const vendors: readonly Vendor[] = ['netsuite', 'salesforce', 'marketo'];

/** The vendors to stand in for, from `SANDBOX_VENDORS=netsuite,marketo`. @default all @throws {UsageError} */
export function readVendors(env: Record<string, string | undefined> = process.env): readonly Vendor[] {
  const names = env.SANDBOX_VENDORS?.split(',').map((name) => name.trim());
  if (!names) return vendors;
  const unknown = names.find((name) => !(vendors as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`SANDBOX_VENDORS lists some of ${vendors.join(', ')}; it has "${unknown}".`);
  }
  return vendors.filter((vendor) => names.includes(vendor));
}

function readOptions(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        host: { type: 'string' },
        'port-base': { type: 'string' },
        size: { type: 'string' },
        seed: { type: 'string' },
        set: { type: 'string', multiple: true },
      },
    }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ');
    throw new UsageError(`${sentence}. "npm start -- --help" lists the options.`);
  }
}

function settingsFrom(texts: string[]): Settings {
  try {
    return readSettings(texts);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function integer(option: string, text: string | undefined, fallback: number, low: number, high: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new UsageError(`${option} has to be a whole number from ${low} to ${high}; it is "${text}".`);
  }
  return value;
}
