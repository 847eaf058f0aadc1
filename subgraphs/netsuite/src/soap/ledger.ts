import { sumDecimals } from '@customer360/kit/decimal';
import { present } from '../complete.ts';
import type { Ledger, LedgerSum } from '../model.ts';
import type { SoapConnection } from './connection.ts';
import { accountingPeriods, ledgerAccounts } from './query.ts';
import { accountRow, periodRecord, recordId, rowId } from './records.ts';
import { searchAll, summariseAll } from './search.ts';

const accountKinds: Record<string, LedgerSum['account']> = {
  _bank: 'bank',
  _income: 'income',
  _costOfGoodsSold: 'cogs',
};

/** Balances of the bank accounts, and what accounts gained in each period. */
export async function readLedger(connection: SoapConnection): Promise<Ledger> {
  const [rows, periods, summaries] = await Promise.all([
    searchAll(connection, ledgerAccounts, accountRow, rowId),
    searchAll(connection, accountingPeriods, periodRecord, recordId),
    summariseAll(connection),
  ]);
  const accounts = rows.map((row) => ({
    id: rowId(row),
    kind: accountKinds[row.basic.type[0]?.searchValue ?? ''],
    balance: row.basic.balance[0]?.searchValue,
  }));
  const kinds = new Map(accounts.map(({ id, kind }) => [id, kind]));
  const starts = new Map(periods.map(({ attributes, startDate }) => [attributes.internalId, startDate]));
  const sums = summaries.flatMap(({ account, period, amount }): LedgerSum[] => {
    const kind = kinds.get(account.attributes.internalId);
    if (!kind) return [];
    return [{ account: kind, periodStart: present(starts.get(period.attributes.internalId), 'a period'), amount }];
  });
  const cash = accounts.filter(({ kind }) => kind === 'bank').map(({ balance }) => present(balance, 'balance'));
  return { cash: sumDecimals(cash).toFixed(), sums };
}
