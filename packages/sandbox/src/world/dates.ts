const dayMs = 86_400_000;
/** A world has a few thousand days and asks for each of them many times. */
const maxKnown = 20_000;
const numbers = new Map<string, number>();
const texts = new Map<number, string>();

function dayNumber(date: string): number {
  let number = numbers.get(date);
  if (number === undefined) {
    number = Math.floor(Date.parse(date) / dayMs);
    if (numbers.size > maxKnown) numbers.clear();
    numbers.set(date, number);
  }
  return number;
}

/** `YYYY-MM-DD` moved by whole days. */
export function addDays(date: string, days: number): string {
  const number = dayNumber(date) + days;
  let text = texts.get(number);
  if (text === undefined) {
    text = new Date(number * dayMs).toISOString().slice(0, 10);
    if (texts.size > maxKnown) texts.clear();
    texts.set(number, text);
  }
  return text;
}

/** The first day of the month that lies `months` after the month of `date`. */
export function monthStart(date: string, months = 0): string {
  const [year, month] = date.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

const two = (value: number) => String(value).padStart(2, '0');

/** The instant at `seconds` after midnight UTC of a date, `seconds` less than a day. */
export function instant(date: string, seconds = 0): string {
  return `${date}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}Z`;
}
