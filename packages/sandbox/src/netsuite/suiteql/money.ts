import { keywords } from './names.ts';
import type { Token } from './tokens.ts';
import { isTable } from './views.ts';

const words = (text: string) => new Set(text.split(' '));

/** Columns that are whole cents: each is the double next to a number with two decimals. */
const moneyColumns: Record<string, ReadonlySet<string>> = {
  customer: words('creditlimit balancesearch overduebalancesearch'),
  vendor: words('creditlimit balance unbilledorders'),
  transaction: words(
    'foreigntotal foreignamountpaid foreignamountunpaid foreignpaymentamountunused foreignpaymentamountused ' +
      'onetime recurweekly recurmonthly recurquarterly recurannually',
  ),
  transactionline: words('rate foreignamount netamount'),
  transactionaccountingline: words('amount netamount debit credit amountpaid amountunpaid'),
  account: words('balance'),
  nexttransactionlink: words('foreignamount'),
};

/** A `SUM` or `AVG` of one plain money column: its SQL over whole cents, which is exact and needs no function of ours. */
export interface MoneySum {
  sql: string;
  /** How many tokens it stands for. */
  length: number;
}

/** Tells which aggregates of a query are sums of plain money columns, at the place of the word SUM or AVG. */
export function createMoneySums(tokens: Token[]): (at: number) => MoneySum | null {
  const sources = readSources(tokens);
  const isMoney = (qualifier: string | null, column: string): boolean => {
    if (qualifier === null) {
      return !sources.hasQueries && [...sources.tables.values()].flat().some((table) => moneyOf(table, column));
    }
    const tables = sources.tables.get(qualifier) ?? [];
    return tables.length > 0 && !sources.queries.has(qualifier) && tables.every((table) => moneyOf(table, column));
  };

  return (at) => {
    const close = tokens.findIndex(({ key }, index) => index > at && key === ')');
    const inside = tokens.slice(at + 2, close);
    const names = inside.filter(({ key }) => key !== '.').map(({ value }) => value.toLowerCase());
    const [name = '', column = name] = names;
    const shaped = inside.length === 2 * names.length - 1 && names.length <= 2 && inside.every(isNameOrDot);
    // Over a window each part would need the window.
    if (!shaped || tokens[close + 1]?.key === 'OVER' || !isMoney(names.length === 2 ? name : null, column)) return null;
    const read = names.map((each) => `"${each}"`).join('.');
    const sum = `SUM(CAST(ROUND(${read} * 100.0) AS INTEGER)) / 100.0`;
    const sql = tokens[at]?.key === 'AVG' ? `(${sum} / COUNT(${read}))` : `(${sum})`;
    return { sql, length: close + 1 - at };
  };
}

const moneyOf = (table: string, column: string) => moneyColumns[table]?.has(column) ?? false;
const isName = ({ kind, key }: Token) => kind === 'quoted' || (kind === 'word' && !keywords.has(key));
const isNameOrDot = (token: Token) => isName(token) || token.key === '.';

interface Sources {
  /** The tables that an alias may stand for. */
  tables: Map<string, string[]>;
  /** Names given to whole queries, or to anything else in parentheses. */
  queries: Set<string>;
  hasQueries: boolean;
}

/** Read loosely, for all levels at once: a name that may stand for two things is trusted in neither. */
function readSources(tokens: Token[]): Sources {
  const sources: Sources = { tables: new Map(), queries: new Set(), hasQueries: false };
  const nameAt = (index: number): string | null => {
    const token = tokens[tokens[index]?.key === 'AS' ? index + 1 : index];
    return token && isName(token) ? token.value.toLowerCase() : null;
  };
  for (const [index, { key, value }] of tokens.entries()) {
    const before = tokens[index - 1]?.key ?? '';
    const startsSource = before === 'FROM' || before === 'JOIN' || before === ',';
    const table = value.toLowerCase();
    if (startsSource && isTable(table)) {
      const alias = nameAt(index + 1) ?? table;
      sources.tables.set(alias, [...(sources.tables.get(alias) ?? []), table]);
    }
    if (startsSource && key === '(' && tokens[index + 1]?.key === 'SELECT') sources.hasQueries = true;
    const name = key === ')' ? nameAt(index + 1) : null;
    if (name !== null) sources.queries.add(name);
  }
  return sources;
}
