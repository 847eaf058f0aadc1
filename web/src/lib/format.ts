/** An amount as the graph gives it: exact text, or a number where the graph only promises a display value. */
export interface Amount {
  amount: string | number;
  currency: string;
}

type Locale = string | undefined;

const amountFormats = new Map<string, Intl.NumberFormat>();

/** Money with its currency, from the exact text: no digit passes through a float. */
export function formatMoney({ amount, currency }: Amount, locale?: Locale): string {
  const key = `${locale ?? ''} ${currency}`;
  let format = amountFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    amountFormats.set(key, format);
  }
  return format.format(amount as Intl.StringNumericLiteral);
}

export function formatCount(value: number, locale?: Locale): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** An amount whose currency the graph does not tell. */
export function formatDecimal(value: number, locale?: Locale): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
}

/** `value` is in percent already: 63.4 is 63.4 %. */
export function formatPercent(value: number, locale?: Locale): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(value / 100);
}

/** A calendar day. It has no time zone, so it is read and printed in UTC and cannot slip to a neighbour. */
export function formatDay(day: string, locale?: Locale): string {
  const format = { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, format).format(new Date(`${day}T00:00:00Z`));
}

/** An instant, in the reader's own time zone. */
export function formatInstant(instant: string, locale?: Locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
}

/** Only the day of an instant, in the reader's own time zone. */
export function formatInstantDay(instant: string, locale?: Locale): string {
  return new Intl.DateTimeFormat(locale, { day: '2-digit', month: 'short', year: 'numeric' }).format(new Date(instant));
}

/** How old something is, in the shortest words that are true: "just now", "14 s", "2 min", "3 h", "4 d". */
export function formatAge(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 1) return 'just now';
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h`;
  return `${Math.floor(whole / 86_400)} d`;
}

/** `NEEDS_SPACE` as "Needs space". */
export function formatWords(name: string): string {
  const words = name.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
