import { toSecond } from '../instant.ts';

/** The civil time of one place, daylight saving included. */
export interface Zone {
  readonly name: string;
  /** How far its clocks are ahead of UTC at an instant. */
  offsetMs(at: number): number;
  /** What its clocks show at an instant, as `2026-03-01T09:00:00`. */
  clockAt(at: number): string;
  /** The first instant of a day, which is not always its midnight. */
  startOf(date: string): string;
}

const dayMs = 86_400_000;
/** Clocks are changed on a quarter of an hour, everywhere. */
const quarterMs = 900_000;
const maxKept = 100_000;

export function createZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();

  function offsetMs(at: number): number {
    const quarter = Math.floor(at / quarterMs);
    const kept = known.get(quarter);
    if (kept !== undefined) return kept;
    if (known.size >= maxKept) known.clear();
    const text = format.formatToParts(quarter * quarterMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const offset = readOffset(text);
    known.set(quarter, offset);
    return offset;
  }
  const clockAt = (at: number) => new Date(at + offsetMs(at)).toISOString().slice(0, 19);
  const dateAt = (at: number) => clockAt(at).slice(0, 10);

  return {
    name,
    offsetMs,
    clockAt,
    startOf(date) {
      const midnight = Date.parse(date);
      const offsets = [offsetMs(midnight - dayMs), offsetMs(midnight + dayMs)];
      const [first] = offsets
        .map((offset) => midnight - offset)
        .filter((at) => dateAt(at) >= date && dateAt(at - 1) < date)
        .sort((a, b) => a - b);
      return toSecond(new Date(first ?? midnight - offsetMs(midnight)));
    },
  };
}

/** `GMT-08:00` in milliseconds; plain `GMT` is none. */
function readOffset(text: string): number {
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(text) ?? [];
  const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -ms : ms;
}
