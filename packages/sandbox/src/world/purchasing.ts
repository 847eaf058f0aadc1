import { addDays, daysBetween } from './dates.ts';
import type { Insert } from './inserts.ts';
import { createRandom } from './random.ts';
import type { Rates } from './rates.ts';
import { printRate } from './rates.ts';
import { atNoon, writeLines, writeTransaction } from './transactions.ts';

interface Calendar {
  today: string;
  firstDay: string;
  period(date: string): number;
  rate: Rates;
}

const vendors = [
  ['Northwind Hosting', 'billing@northwind-hosting.example', 1],
  ['Lakeside Office Supply', 'orders@lakeside.example', 1],
  ['Rheintal Datentechnik', 'rechnung@rheintal.example', 2],
  ['Brightwater Consulting', 'accounts@brightwater.example', 1],
  ['Thames Print Works', 'sales@thamesprint.example', 3],
  ['Maple Leaf Logistics', 'ap@mapleleaf.example', 4],
] as const;
const open = [
  ['A', 1],
  ['B', 4],
  ['F', 1],
] as const;

/** Vendors and what was ordered from them. Purchase orders do not post: the ledger never sees them. */
export function writePurchasing(insert: Insert, { today, firstDay, period, rate }: Calendar): void {
  const random = createRandom(2023);
  vendors.forEach(([name, email, currencyId], index) => {
    const id = 3001 + index;
    insert('ns_vendor', {
      id,
      entity_id: `VEND${id}`,
      external_id: `vendor-${index + 1}`,
      company_name: name,
      email,
      phone: null,
      term_id: 2,
      credit_limit: null,
      currency_id: currencyId,
      subsidiary_id: 1,
      is_inactive: 0,
      created_at: atNoon(firstDay),
      modified_at: atNoon(firstDay),
    });
  });
  const days = daysBetween(firstDay, today);
  for (let number = 1; number <= 40; number += 1) {
    const id = 15_000 + number;
    const date = addDays(firstDay, Math.floor((days * number) / 41));
    const vendor = random.int(0, vendors.length - 1);
    const currencyId = vendors[vendor]?.[2] ?? 1;
    const line = { itemId: 301 + random.int(0, 1), quantity: random.int(1, 12), rate: random.int(4_000, 90_000) };
    const amount = line.quantity * line.rate;
    const status = daysBetween(date, today) > 60 ? random.pick(['G', 'G', 'G', 'H']) : random.weighted(open);
    writeTransaction(insert, {
      id,
      type: 'PurchOrd',
      tran_id: `PO${id}`,
      vendor_id: 3001 + vendor,
      tran_date: date,
      due_date: addDays(date, 30),
      status,
      currency_id: currencyId,
      exchange_rate: printRate(rate(currencyId, date)),
      term_id: 2,
      period_id: period(date),
      posting: 0,
      total: amount,
      closed_at: status === 'G' || status === 'H' ? atNoon(addDays(date, 45)) : null,
    });
    writeLines(insert, id, null, [{ ...line, amount }], amount);
  }
}
