import { translateBuiltin } from './builtins.ts';
import { SuiteqlError, unknownIdentifier } from './errors.ts';
import { functions } from './functions.ts';
import { checkGrouping } from './grouping.ts';
import { createMoneySums } from './money.ts';
import { isNamed, keywords, quote, todayWords } from './names.ts';
import { joinOuter } from './outer-joins.ts';
import { countBeforeSorting, mostRows } from './rownum.ts';
import type { Token } from './tokens.ts';
import { tokenise } from './tokens.ts';
import { dateColumns, isTable, viewName } from './views.ts';

export interface Translation {
  sql: string;
  /** How many `?` it has. */
  params: number;
  /** The most rows the query itself asks for, by `ROWNUM` or `TOP`. */
  rowLimit: number;
  /** Selected items that are written by `TO_CHAR`: their text is printed as it is. */
  written: ReadonlySet<number>;
}

interface Scope {
  kind: 'query' | 'list' | 'group';
  clause: string;
  expectsTable: boolean;
  commas: number;
  rowLimit: number;
  /** The function whose arguments these are. */
  callee: string;
}

const maxInItems = 1000;
const maxDepth = 40;
const dateFunctions = new Set(['TO_DATE', 'TO_TIMESTAMP', 'ADD_MONTHS']);
const setOperators: Record<string, string> = { UNION: 'UNION', INTERSECT: 'INTERSECT', MINUS: 'EXCEPT' };
const clauses = new Set(['WHERE', 'GROUP', 'HAVING', 'ORDER']);
const none: Token = { kind: 'mark', value: '', key: '' };

/**
 * Turns one SuiteQL SELECT into SQLite's. Names are quoted, tables become the `suiteql_*` views and functions
 * come from a list, so a query can reach nothing else; text and numbers are copied as the literals they are.
 */
export function translate(query: string): Translation {
  const tokens = countBeforeSorting(joinOuter(tokenise(query)));
  if (tokens[0]?.key !== 'SELECT') throw new SuiteqlError('Only a SELECT is supported');
  checkGrouping(tokens);
  const moneySum = createMoneySums(tokens);
  const out: string[] = [];
  const base = createScope('query');
  const scopes = [base];
  const written = new Set<number>();
  let params = 0;
  let itemStart = 1;
  let items = 0;
  let unnamed = 0;
  let closedCallee = '';
  let index = 0;

  const at = (offset: number) => tokens[index + offset] ?? none;
  const scope = () => scopes.at(-1) ?? base;
  const inBaseSelect = () => scopes.length === 1 && base.clause === 'SELECT';

  const finishItem = () => {
    const item = tokens.slice(itemStart, index);
    if (!isNamed(item)) {
      unnamed += 1;
      out.push(`AS "expr${unnamed}"`);
    }
    if (item.some(({ key }) => key === 'TO_CHAR')) written.add(items);
    items += 1;
    itemStart = index + 1;
  };

  const open = () => {
    const { expectsTable } = scope();
    const selects = at(1).key === 'SELECT';
    if (expectsTable && !selects) throw new SuiteqlError('Unsupported FROM clause');
    if (at(-1).key === 'EXISTS' && !selects) throw new SuiteqlError('EXISTS takes a query');
    if (scopes.length >= maxDepth) throw new SuiteqlError('The query is nested too deeply');
    scope().expectsTable = false;
    const next = createScope(selects ? 'query' : at(-1).key === 'IN' ? 'list' : 'group');
    next.callee = at(-1).key;
    scopes.push(next);
    out.push('(');
  };

  const close = () => {
    const { rowLimit, kind, expectsTable, callee } = scope();
    if (scopes.length === 1 || expectsTable) throw new SuiteqlError('Unexpected )');
    if (kind === 'query' && rowLimit < Number.POSITIVE_INFINITY) out.push(`LIMIT ${rowLimit}`);
    scopes.pop();
    closedCallee = callee;
    out.push(')');
  };

  const comma = () => {
    const current = scope();
    if (current.kind === 'query' && current.clause === 'FROM') current.expectsTable = true;
    if (inBaseSelect()) finishItem();
    current.commas += 1;
    if (current.kind === 'list' && current.commas >= maxInItems) {
      throw new SuiteqlError(`An IN list takes at most ${maxInItems} items`);
    }
    out.push(',');
  };

  const isDate = (token: Token) =>
    todayWords.has(token.key) || dateFunctions.has(token.key) || dateColumns.has(token.value.toLowerCase());

  const refuseDateArithmetic = () => {
    const right = at(2).key === '.' ? at(3) : at(1);
    const leftIsDate = at(-1).key === ')' ? dateFunctions.has(closedCallee) : isDate(at(-1));
    if (leftIsDate || isDate(right))
      throw new SuiteqlError('Date arithmetic is not supported: use ADD_MONTHS or TO_DATE');
  };

  const mark = ({ key }: Token) => {
    switch (key) {
      case '(':
        return open();
      case ')':
        return close();
      case ',':
        return comma();
      case '/':
        // Whole numbers divide to a fraction in SuiteQL.
        return out.push('* 1.0 /');
      case '+':
      case '-':
        refuseDateArithmetic();
        return out.push(key);
      default:
        return out.push(key);
    }
  };

  const table = (token: Token) => {
    const name = token.value.toLowerCase();
    if (token.kind !== 'word' || !isTable(name)) throw unknownIdentifier(token.value);
    const hasAlias =
      at(1).key === 'AS' || at(1).kind === 'quoted' || (at(1).kind === 'word' && !keywords.has(at(1).key));
    scope().expectsTable = false;
    out.push(hasAlias ? viewName(name) : `${viewName(name)} AS ${quote(name)}`);
  };

  const keyword = (key: string) => {
    const current = scope();
    if (current.expectsTable) throw new SuiteqlError(`Unexpected ${key}`);
    if (key === 'IN' && at(1).key !== '(') throw new SuiteqlError('IN takes a list');
    if (key === 'SELECT' || key === 'FROM' || key === 'JOIN' || key in setOperators) {
      const follows = { SELECT: '', FROM: 'SELECT', JOIN: 'FROM' }[key] ?? current.clause;
      if (current.kind !== 'query' || current.clause !== follows) throw new SuiteqlError(`Unexpected ${key}`);
      if (key === 'FROM' && inBaseSelect()) finishItem();
      current.clause = key in setOperators ? '' : key === 'JOIN' ? 'FROM' : key;
      current.expectsTable = key === 'FROM' || key === 'JOIN';
    } else if (current.kind === 'query' && clauses.has(key)) current.clause = key;
    // ALL after SELECT is the default, and SQLite knows it.
    out.push(setOperators[key] ?? key);
    if (key === 'SELECT' || (key === 'DISTINCT' && at(-1).key === 'SELECT')) skipTop();
  };

  const limitRows = (count: Token) => {
    if (!/^\d{1,9}$/.test(count.value)) throw new SuiteqlError('ROWNUM and TOP take a whole number');
    scope().rowLimit = Math.min(scope().rowLimit, Number(count.value));
  };

  const skipTop = () => {
    if (at(1).key === 'TOP' && at(2).kind === 'number') {
      limitRows(at(2));
      index += 2;
    }
    if (scopes.length === 1) itemStart = index + 1;
  };

  const rowNumber = () => {
    const { kind, clause } = scope();
    const most = mostRows(at(1).key, Number(at(2).value));
    if (kind === 'query' && clause === 'WHERE' && at(2).kind === 'number' && most !== null) {
      limitRows({ ...at(2), value: String(most) });
      index += 2;
      return out.push('1 = 1');
    }
    if (clause !== 'SELECT') throw new SuiteqlError('ROWNUM is supported as ROWNUM <= n');
    return out.push('ROW_NUMBER() OVER ()');
  };

  const word = (token: Token) => {
    if (at(-1).key === '.') return out.push(quote(token.value));
    if (keywords.has(token.key)) return keyword(token.key);
    if (scope().expectsTable) return table(token);
    if (at(-1).key === 'NULLS' && /^(FIRST|LAST)$/.test(token.key)) return out.push(token.key);
    if (token.key === 'BUILTIN' && at(1).key === '.') return builtin();
    if (token.key === 'ROWNUM') return rowNumber();
    if (todayWords.has(token.key)) return out.push('suiteql_today()');
    if (at(1).key !== '(') return out.push(quote(token.value));
    const money = token.key === 'SUM' || token.key === 'AVG' ? moneySum(index) : null;
    if (money) {
      index += money.length - 1;
      return out.push(money.sql);
    }
    const name = functions.get(token.key);
    if (!name) throw new SuiteqlError(`Unknown function '${token.value}'`);
    return out.push(name);
  };

  const builtin = () => {
    const found = translateBuiltin(tokens, index);
    if (!found && at(2).key !== 'CONSOLIDATE') throw new SuiteqlError(`Unknown function 'BUILTIN.${at(2).value}'`);
    out.push(found?.sql ?? 'suiteql_consolidate');
    index = (found?.next ?? index + 3) - 1;
  };

  for (; index < tokens.length; index += 1) {
    const token = at(0);
    if (token.kind === 'mark') mark(token);
    else if (token.kind === 'word') word(token);
    else if (scope().expectsTable) throw unknownIdentifier(token.value);
    else if (token.kind === 'quoted') out.push(quote(token.value));
    else {
      if (token.kind === 'param') params += 1;
      out.push(token.value);
    }
  }
  if (scopes.length > 1 || base.expectsTable || base.clause === '') throw new SuiteqlError('The query ends too early');
  if (base.clause === 'SELECT') throw new SuiteqlError('FROM is missing');
  return { sql: out.join(' '), params, rowLimit: base.rowLimit, written };
}

function createScope(kind: Scope['kind']): Scope {
  return { kind, clause: '', expectsTable: false, commas: 0, rowLimit: Number.POSITIVE_INFINITY, callee: '' };
}
