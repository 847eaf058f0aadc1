import type { DatabaseSync } from 'node:sqlite';
import { toSecond } from '../instant.ts';
import { userId } from '../org.ts';
import type { DateRange } from './dates.ts';
import { literalRange } from './dates.ts';
import type { Zone } from './zone.ts';
import { createZone } from './zone.ts';

/** What day it is for the user. */
export interface Calendar {
  readonly zone: Zone;
  today(): string;
  /** The instants that a date literal covers for the user, the end excluded. */
  instants(literal: string): DateRange;
  /** The dates that it covers. */
  dates(literal: string): DateRange;
}

export interface CalendarOptions {
  timeZone: string;
  now: () => number;
}

/** Where the other users are; the sandbox's own user is in the org's zone. */
const otherZones = ['America/New_York', 'Europe/London', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Sydney'];

export function createCalendar({ timeZone, now }: CalendarOptions): Calendar {
  const zone = createZone(timeZone);
  const today = () => zone.clockAt(now()).slice(0, 10);
  const dates = (literal: string) => literalRange(literal, today());

  return {
    zone,
    today,
    dates,
    instants(literal) {
      const { start, end } = dates(literal);
      return { start: zone.startOf(start), end: zone.startOf(end) };
    },
  };
}

/** Teaches the database what the SQL of fields and date functions asks of the calendar. */
export function addCalendarTo(db: DatabaseSync, { zone }: Calendar) {
  const options = { deterministic: true };
  const orNull =
    <Result>(work: (text: string) => Result) =>
    (value: unknown) =>
      typeof value === 'string' ? work(value) : null;

  db.function(
    'sf_local',
    options,
    orNull((instant) => zone.clockAt(Date.parse(instant))),
  );
  db.function('sf_zone_of', options, orNull(zoneOf(zone.name)));
}

const zoneOf = (own: string) => (id: string) =>
  id === userId ? own : (otherZones[id.charCodeAt(14) % otherZones.length] ?? own);

/** The time of day is the machine's, the day is the world's: a world of another day stays in it. */
export function createWorldClock(today: string): () => number {
  const started = new Date();
  const ahead = Date.parse(today) - Date.parse(toSecond(started).slice(0, 10));
  return () => Date.now() + ahead;
}
