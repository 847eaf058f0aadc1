/** An amount as the graph gives it: exact text, or a number where the graph only promises a display value. */
export interface Amount {
  amount: string | number;
  currency: string;
}

type Locale = string | undefined;

const amountFormats = keep((locale, currency) => new Intl.NumberFormat(locale, { style: 'currency', currency }));
const countFormats = keep((locale) => new Intl.NumberFormat(locale));
const percentFormats = keep((locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }));
const dayOnly = { day: '2-digit', month: 'short', year: 'numeric' } as const;
const dayFormats = keep((locale) => new Intl.DateTimeFormat(locale, { ...dayOnly, timeZone: 'UTC' }));
const instantDayFormats = keep((locale) => new Intl.DateTimeFormat(locale, dayOnly));
const timeFormats = keep((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));
const momentFormats = keep(
  (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }),
);
const instantFormats = keep((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));

/** Money with its currency, from the exact text: no digit passes through a float. */
export function formatMoney({ amount, currency }: Amount, locale?: Locale): string {
  return amountFormats(locale, currency).format(amount as Intl.StringNumericLiteral);
}

export function formatCount(value: number, locale?: Locale): string {
  return countFormats(locale).format(value);
}

/** `value` is in percent already: 63.4 is 63.4 %. */
export function formatPercent(value: number, locale?: Locale): string {
  return percentFormats(locale).format(value / 100);
}

/** A calendar day. It has no time zone, so it is read and printed in UTC and cannot slip to a neighbour. */
export function formatDay(day: string, locale?: Locale): string {
  return dayFormats(locale).format(new Date(`${day}T00:00:00Z`));
}

/** An instant, in the reader's own time zone. */
export function formatInstant(instant: string, locale?: Locale): string {
  return instantFormats(locale).format(new Date(instant));
}

/** When something was, in the shortest words that are true: the time alone if it was today. */
export function formatMoment(instant: string, now: number, locale?: Locale): string {
  const moment = new Date(instant);
  const today = moment.toDateString() === new Date(now).toDateString();
  return (today ? timeFormats : momentFormats)(locale).format(moment);
}

/** Only the day of an instant, in the reader's own time zone. */
export function formatInstantDay(instant: string, locale?: Locale): string {
  return instantDayFormats(locale).format(new Date(instant));
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

/** Making a formatter costs a hundred times what using it does, and a table uses thousands. */
function keep<Format>(make: (locale: Locale, option: string) => Format): (locale: Locale, option?: string) => Format {
  const made = new Map<string, Format>();
  return (locale, option = '') => {
    const key = `${locale ?? ''} ${option}`;
    let format = made.get(key);
    if (!format) {
      format = make(locale, option);
      made.set(key, format);
    }
    return format;
  };
}
