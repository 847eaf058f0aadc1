import { sumDecimals } from '@customer360/kit/decimal';
import type { z } from 'zod';
import type { billedRow } from './records.ts';

/** Invoices less credit memos, by internal id of the customer. */
export function lifetimeValues(rows: readonly z.output<typeof billedRow>[]): Map<string, string> {
  const byCustomer = Map.groupBy(rows, ({ basic }) => basic.entity[0]?.searchValue.attributes.internalId ?? '');
  return new Map(
    [...byCustomer].map(([customer, billed]) => [
      customer,
      sumDecimals(
        billed.map(({ basic: { type, total } }) => signed(type[0]?.searchValue ?? '', total[0]?.searchValue ?? '0')),
      ).toFixed(),
    ]),
  );
}

/** A credit memo lowers the value, whichever sign it is printed with. */
function signed(type: string, total: string): string {
  return type === '_creditMemo' && !total.startsWith('-') ? `-${total}` : total;
}
