import { type FragmentType, graphql, readFragment } from '../generated/index.ts';
import { formatMoney } from '../lib/format.ts';

export const MoneyFragment = graphql(`
  fragment Money on Money {
    amount
    currency
  }
`);

export type MoneyRef = FragmentType<typeof MoneyFragment>;

export function Money({ value }: { value: MoneyRef }) {
  return <span className="figure">{formatMoney(readFragment(MoneyFragment, value))}</span>;
}
