import { UsageError } from '@customer360/sandbox/config';

const usual = 2;
const most = 16;

/**
 * Takes `--scaled [copies]` out of a command line. 0 copies: it was not there.
 *
 * @throws {UsageError}
 */
export function readScaled(args: string[]): { copies: number; rest: string[] } {
  const at = args.findIndex((arg) => arg === '--scaled' || arg.startsWith('--scaled='));
  const option = args[at];
  if (option === undefined) return { copies: 0, rest: args };
  const next = args[at + 1];
  const joined = option.startsWith('--scaled=');
  const separate = !joined && next !== undefined && !next.startsWith('-');
  const text = joined ? option.slice('--scaled='.length) : separate ? next : String(usual);
  const copies = Number(text);
  if (!Number.isInteger(copies) || copies < 1 || copies > most) {
    throw new UsageError(`--scaled takes a number of copies from 1 to ${most}; it is "${text}".`);
  }
  return { copies, rest: args.toSpliced(at, separate ? 2 : 1) };
}
