/** Variables that the product and its peer are started with. */
export type Settings = Record<string, string>;

/** How long what each vendor answered counts as fresh, in milliseconds, as the product was asked to have it. */
const freshMs = { NETSUITE_FRESH_MS: 30_000, SALESFORCE_FRESH_MS: 300_000, MARKETO_FRESH_MS: 3_600_000 };
const refreshMs = { MARKETO_ATTRIBUTION_REFRESH_MS: 3_600_000 };

export const asDesigned = print(freshMs, (ms) => ms);

/** Nothing that was read for one request serves the next. */
export const nothingFresh = print(freshMs, () => 0);

/** As designed where time passes `factor` times as fast. */
export const hastened = (factor: number) => print({ ...freshMs, ...refreshMs }, (ms) => ms / factor);

function print(times: Record<string, number>, change: (ms: number) => number): Settings {
  return Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, String(change(ms))]));
}
