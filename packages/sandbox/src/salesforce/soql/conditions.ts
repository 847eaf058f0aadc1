import type { Condition, HavingClause, Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import { malformedQuery } from '../errors.ts';

/** One comparison as the parser read it, whatever its kind. */
export interface Comparison {
  field?: string;
  fn?: { functionName?: string; parameters?: unknown[]; rawValue?: string };
  operator: string;
  value?: string | string[];
  literalType?: string | string[];
  valueQuery?: Query;
}

export type ConditionTree =
  | { kind: 'comparison'; comparison: Comparison }
  | { kind: 'not'; condition: ConditionTree }
  | { kind: 'AND' | 'OR'; conditions: ConditionTree[] };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Comparison;

interface Link {
  left: (Condition & { openParen?: number; closeParen?: number }) | null;
  operator?: Token & string;
  right?: Link;
}

/** The parser hands over a list with counts of brackets; this puts the brackets back. */
function flatten(clause: WhereClause | HavingClause): Token[] {
  const tokens: Token[] = [];
  for (let link: Link | undefined = clause as Link; link; link = link.right) {
    const { left, operator } = link;
    tokens.push(...Array<Token>(left?.openParen ?? 0).fill('('));
    if (left && 'operator' in left) {
      tokens.push(left as Comparison, ...Array<Token>(left.closeParen ?? 0).fill(')'));
    }
    if (operator) tokens.push(operator);
  }
  return tokens;
}

/** Reads a WHERE or HAVING clause as a tree. AND and OR beside each other without brackets are refused. */
export function readConditions(clause: WhereClause | HavingClause): ConditionTree {
  const tokens = flatten(clause);
  let at = 0;

  function readGroup(): ConditionTree {
    const conditions = [readOne()];
    let joint: 'AND' | 'OR' | undefined;
    for (let token = tokens[at]; token === 'AND' || token === 'OR'; token = tokens[at]) {
      if (joint && token !== joint) throw malformedQuery(`unexpected token: '${token}'`);
      joint = token;
      at += 1;
      conditions.push(readOne());
    }
    return joint ? { kind: joint, conditions } : (conditions[0] as ConditionTree);
  }

  function readOne(): ConditionTree {
    const token = tokens[at++];
    if (token === 'NOT') return { kind: 'not', condition: readOne() };
    if (token === '(') {
      const group = readGroup();
      if (tokens[at++] !== ')') throw malformedQuery("expecting a right parentheses, found '<EOF>'");
      return group;
    }
    if (typeof token !== 'object') throw malformedQuery(`unexpected token: '${token ?? '<EOF>'}'`);
    return { kind: 'comparison', comparison: token };
  }

  const tree = readGroup();
  if (at < tokens.length) throw malformedQuery(`unexpected token: '${String(tokens[at])}'`);
  return tree;
}
