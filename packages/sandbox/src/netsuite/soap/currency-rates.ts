import type { DatabaseSync } from 'node:sqlite';
import { readDay, toMidnight } from './dates.ts';
import { status } from './envelope.ts';
import { StatusError } from './errors.ts';
import { namespaceOf } from './namespaces.ts';
import { double } from './values.ts';
import type { Xml, XmlNode } from './xml.ts';
import { child, element } from './xml.ts';

const baseCurrency = 1;

/** `getCurrencyRate`: what one unit of a currency was worth in base currency on a day, the last known rate before it. */
export function readCurrencyRates(db: DatabaseSync, version: string, today: string, request: XmlNode): Xml {
  const wrap = (...contents: Xml[]) =>
    element(
      'platformCore:getCurrencyRateResult',
      { 'xmlns:platformCore': namespaceOf('platformCore', version) },
      ...contents,
    );
  const filter = child(request, 'currencyRateFilter');
  const base = idOf(child(filter, 'baseCurrency'));
  const from = idOf(child(filter, 'fromCurrency'));
  const given = child(filter, 'effectiveDate')?.text;
  const day = given === undefined ? today : readDay(given);
  if (day === null) return wrap(status(version, new StatusError('INVALID_DATE', `Invalid date '${given}'.`)));
  if (base !== null && base !== baseCurrency) {
    return wrap(status(version, new StatusError('INVALID_KEY_OR_REF', `Invalid baseCurrency reference key ${base}.`)));
  }
  const rows = db
    .prepare(
      `SELECT c.id, c.symbol, r.exchange_rate AS rate, MAX(r.effective_on) AS day FROM ns_currency_rate r
       JOIN ns_currency c ON c.id = r.currency_id WHERE r.effective_on <= ?1 AND (?2 IS NULL OR c.id = ?2)
       GROUP BY c.id ORDER BY c.id`,
    )
    .all(day, from);
  const reference = (name: string, id: number) => element(`platformCore:${name}`, { internalId: String(id) });
  const rates = rows.map((row) =>
    element(
      'platformCore:currencyRate',
      {},
      reference('baseCurrency', baseCurrency),
      reference('fromCurrency', Number(row.id)),
      element('platformCore:exchangeRate', {}, double(Number(row.rate))),
      element('platformCore:effectiveDate', {}, toMidnight(String(row.day))),
    ),
  );
  return wrap(status(version, null), element('platformCore:currencyRateList', {}, ...rates));
}

function idOf(node: XmlNode | undefined): number | null {
  const id = node?.attributes.internalId ?? child(node, 'internalId')?.text;
  return id === undefined ? null : Number(id);
}
