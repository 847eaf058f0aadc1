import { SuiteqlError } from './errors.ts';

const part = /"[^"]*"|YYYY|HH24|MM|DD|MI|SS|[^A-Za-z"]/gi;

/** Reads text by a format such as `YYYY-MM-DD HH24:MI:SS` into a day, or an instant where it has hours. */
export function toDate(value: unknown, format: unknown = 'YYYY-MM-DD'): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value);
  const found: Record<string, string> = {};
  let at = 0;
  for (const piece of formatParts(format)) {
    const width = piece === 'YYYY' ? 4 : 2;
    const digits = /^[A-Z]/.test(piece) ? (new RegExp(`^\\d{1,${width}}`).exec(text.slice(at))?.[0] ?? '') : '';
    if (/^[A-Z]/.test(piece)) found[piece] = digits.padStart(width, '0');
    at += /^[A-Z]/.test(piece) ? digits.length : literal(piece).length;
  }
  const day = `${found.YYYY}-${found.MM}-${found.DD}`;
  const time = `${found.HH24 ?? '00'}:${found.MI ?? '00'}:${found.SS ?? '00'}`;
  const instant = new Date(`${day}T${time}Z`);
  if (at !== text.length || Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(day)) {
    throw new SuiteqlError(`Invalid date '${text}' for the format '${format}'`);
  }
  return found.HH24 === undefined ? day : `${day}T${time}Z`;
}

/** Writes a day or an instant by a format; a number as it is. */
export function toChar(value: unknown, format: unknown = 'YYYY-MM-DD'): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return String(value);
  const [, YYYY, MM, DD, HH24 = '00', MI = '00', SS = '00'] =
    /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?/.exec(String(value)) ?? [];
  if (YYYY === undefined) return String(value);
  const found: Record<string, string | undefined> = { YYYY, MM, DD, HH24, MI, SS };
  return formatParts(format)
    .map((piece) => found[piece] ?? literal(piece))
    .join('');
}

/** The day of an instant, the first day of its month or year, or the whole part of a number. */
export function truncate(value: unknown, unit: unknown = 'DD'): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Math.trunc(value);
  const day = String(value).slice(0, 10);
  switch (String(unit).toUpperCase()) {
    case 'MM':
    case 'MONTH':
      return `${day.slice(0, 7)}-01`;
    case 'YYYY':
    case 'YEAR':
      return `${day.slice(0, 4)}-01-01`;
    default:
      return day;
  }
}

export function addMonths(value: unknown, months: unknown): string | null {
  if (value === null || months === null) return null;
  const [year = 0, month = 1, day = 1] = String(value).slice(0, 10).split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + Number(months), 0)).getUTCDate();
  const moved = new Date(Date.UTC(year, month - 1 + Number(months), Math.min(day, lastDay)));
  return moved.toISOString().slice(0, 10);
}

function formatParts(format: unknown): string[] {
  const text = String(format);
  const parts = text.match(part) ?? [];
  if (parts.join('') !== text) throw new SuiteqlError(`Unsupported date format '${text}'`);
  return parts.map((piece) => (piece.startsWith('"') ? piece : piece.toUpperCase()));
}

const literal = (piece: string) => piece.replaceAll('"', '');
