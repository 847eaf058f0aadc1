import { transactionTypes } from '../display.ts';
import { StatusError } from './errors.ts';

/** Account types by their SOAP name. */
const accountTypes: Record<string, string> = {
  _bank: 'Bank',
  _accountsReceivable: 'AcctRec',
  _otherCurrentAsset: 'OthCurrAsset',
  _fixedAsset: 'FixedAsset',
  _accountsPayable: 'AcctPay',
  _otherCurrentLiability: 'OthCurrLiab',
  _longTermLiability: 'LongTermLiab',
  _equity: 'Equity',
  _income: 'Income',
  _costOfGoodsSold: 'COGS',
  _expense: 'Expense',
  _otherIncome: 'OthIncome',
  _otherExpense: 'OthExpense',
};

export const accountTypeNames = new Map(Object.entries(accountTypes).map(([name, type]) => [type, name]));

// Real names of which the world has no row: searching for them finds nothing.
const emptyTypes =
  `_vendorBill _vendorPayment _vendorCredit _cashSale _cashRefund _check _customerDeposit _customerRefund _deposit
  _estimate _expenseReport _itemFulfillment _itemReceipt _opportunity`.split(/\s+/);
const emptyStatuses = '_paymentCancelled _creditMemoVoided _journalRejected _purchaseOrderPlanned'.split(' ');

const searchTypes = new Map(Object.entries(transactionTypes).map(([type, { search }]) => [search, type]));
const searchStatuses = new Map(
  Object.entries(transactionTypes).flatMap(([type, { statuses }]) =>
    Object.entries(statuses).map(([letter, [, search]]) => [search, `${type}:${letter}`] as const),
  ),
);

/** Enumeration values are accepted without their leading underscore, as working clients send them. */
const canonical = (value: string) => (value.startsWith('_') ? value : `_${value}`);

/** What a search value of an enumeration stands for in the rows; null for a real value that no row has. */
export function readEnumeration(name: string, search: string, value: string): string | null {
  const key = canonical(value);
  const known =
    search === 'Account' ? new Map(Object.entries(accountTypes)) : name === 'type' ? searchTypes : searchStatuses;
  const found = known.get(key);
  if (found !== undefined) return found;
  const empty = name === 'type' ? emptyTypes : emptyStatuses;
  if (search !== 'Account' && empty.includes(key)) return null;
  throw new StatusError('INVALID_KEY_OR_REF', `Invalid ${name} reference key ${value}.`);
}

/** How a result column shows a status: `paidInFull`. */
export function columnStatus(text: string): string {
  const [first = '', ...rest] = text.split(/[\s/]+/);
  return first.toLowerCase() + rest.join('');
}
