import { SuiteqlError } from './errors.ts';
import { quote } from './names.ts';
import type { Token } from './tokens.ts';

const lookup = (text: string, table: string) => (column: string) =>
  `(SELECT ${text} FROM ${table} suiteql_df WHERE suiteql_df.id = ${column})`;
const transactionName = lookup(`suiteql_type(suiteql_df.type) || ' #' || suiteql_df.tran_id`, 'ns_transaction');
const nameIn = (table: string) => lookup('suiteql_entity(suiteql_df.entity_id, suiteql_df.company_name)', table);
const entityName = (column: string) => `COALESCE(${nameIn('ns_customer')(column)}, ${nameIn('ns_vendor')(column)})`;

/** The display text of a reference, by the column that holds it. */
const displays: Record<string, (column: string, sibling: (name: string) => string) => string> = {
  terms: lookup('suiteql_df.name', 'ns_term'),
  currency: lookup('suiteql_df.symbol', 'ns_currency'),
  subsidiary: lookup('suiteql_df.name', 'ns_subsidiary'),
  postingperiod: lookup('suiteql_df.name', 'ns_period'),
  item: lookup('suiteql_df.name', 'ns_item'),
  account: lookup(`suiteql_df.number || ' ' || suiteql_df.name`, 'ns_account'),
  entity: entityName,
  customer: nameIn('ns_customer'),
  vendor: nameIn('ns_vendor'),
  transaction: transactionName,
  createdfrom: transactionName,
  previousdoc: transactionName,
  nextdoc: transactionName,
  type: (column) => `suiteql_type(${column})`,
  status: (column, sibling) => `suiteql_status(${sibling('type')}, ${column})`,
};

/** Translates `BUILTIN.DF(column)` and `BUILTIN.CF(column)` standing at `at`; other built-ins are null, left to their function. */
export function translateBuiltin(tokens: Token[], at: number): { sql: string; next: number } | null {
  const name = tokens[at + 2]?.key;
  if (name !== 'DF' && name !== 'CF') return null;
  const close = tokens.findIndex(({ key }, index) => index > at + 3 && key === ')');
  const inside = tokens.slice(at + 4, close);
  const names = inside.filter(({ key }) => key !== '.');
  const column = names.at(-1);
  const shaped = inside.length === 2 * names.length - 1 && names.length <= 2 && names.every(isName);
  if (tokens[at + 3]?.key !== '(' || close < 0 || !column || !shaped) {
    throw new SuiteqlError(`BUILTIN.${name} takes one column`);
  }
  const qualifier = names.length === 2 ? `${quote(names[0]?.value ?? '')}.` : '';
  const sibling = (other: string) => qualifier + quote(other);
  const own = sibling(column.value);
  const sql = name === 'DF' ? display(column.value, own, sibling) : canonical(column.value, own, sibling);
  return { sql, next: close + 1 };
}

function display(column: string, own: string, sibling: (name: string) => string): string {
  const key = column.toLowerCase();
  return Object.hasOwn(displays, key) ? (displays[key]?.(own, sibling) ?? own) : own;
}

const canonical = (column: string, own: string, sibling: (name: string) => string) =>
  column.toLowerCase() === 'status' ? `(${sibling('type')} || ':' || ${own})` : own;

const isName = ({ kind }: Token) => kind === 'word' || kind === 'quoted';
