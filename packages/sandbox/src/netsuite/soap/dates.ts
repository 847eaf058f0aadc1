/** The account's time zone: SOAP writes every date and time with its offset. */
const formatter = new Intl.DateTimeFormat('en-US', { timeZone: 'America/Los_Angeles', timeZoneName: 'longOffset' });
const offsets = new Map<number, string>();

/** The offset at an instant, as `-08:00`. It changes on the hour at most, so one answer an hour is kept. */
function offsetAt(ms: number): string {
  const hour = Math.floor(ms / 3_600_000);
  let offset = offsets.get(hour);
  if (offset === undefined) {
    offset =
      formatter
        .formatToParts(ms)
        .find(({ type }) => type === 'timeZoneName')
        ?.value.replace('GMT', '') ?? '';
    offsets.set(hour, offset);
  }
  return offset;
}

const toMs = (offset: string) =>
  (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))) * 60_000;

/** An instant in the account's zone: `2026-11-02T08:15:00.000-08:00`. */
export function toDateTime(instant: string | number): string {
  const ms = new Date(instant).getTime();
  const offset = offsetAt(ms);
  return new Date(ms + toMs(offset)).toISOString().replace('Z', offset);
}

/** Midnight of a day in the account's zone. */
export function toMidnight(day: string): string {
  return `${day}T00:00:00.000${offsetAt(Date.parse(`${day}T08:00:00Z`))}`;
}

/** The instant that a search value means; without an offset it is the account's local time. Null when it is no date. */
export function readInstant(text: string): string | null {
  const [, day, time = 'T00:00:00', zone] = /^(\d{4}-\d\d-\d\d)(T[\d:.]+)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  if (day === undefined) return null;
  const ms = Date.parse(`${day}${time}${zone ?? offsetAt(Date.parse(`${day}T08:00:00Z`))}`);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** The account's day at the instant of a search value. */
export function readDay(text: string): string | null {
  const instant = readInstant(text);
  return instant === null ? null : toDateTime(instant).slice(0, 10);
}
