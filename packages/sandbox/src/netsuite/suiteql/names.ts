import type { Token } from './tokens.ts';

/** Every column and alias goes to SQLite quoted, so that no word in a query can be anything but a name. */
export const quote = (name: string) => `"${name.toLowerCase()}"`;

export const keywords: ReadonlySet<string> = new Set(
  `SELECT DISTINCT ALL FROM WHERE GROUP BY HAVING ORDER ASC DESC NULLS AND OR NOT IN EXISTS BETWEEN LIKE ESCAPE IS NULL
  CASE WHEN THEN ELSE END AS ON JOIN INNER LEFT RIGHT FULL OUTER CROSS UNION INTERSECT MINUS OVER PARTITION`.split(
    /\s+/,
  ),
);

export const aggregates: ReadonlySet<string> = new Set(['SUM', 'COUNT', 'AVG', 'MIN', 'MAX']);

export const todayWords: ReadonlySet<string> = new Set(['SYSDATE', 'CURRENT_DATE']);

/** Whether a selected item has a name of its own: a column, or an alias with or without `AS`. */
export function isNamed(item: Token[]): boolean {
  const [last, before, third] = item.toReversed();
  if (!last) return true;
  if (before?.key === 'AS') return true;
  if (before?.key === '.') return third !== undefined && item.length === 3;
  if (last.key === '*' && !before) return true;
  const isName = last.kind === 'quoted' || (last.kind === 'word' && !keywords.has(last.key));
  if (!before) return isName && !todayWords.has(last.key) && last.key !== 'ROWNUM';
  return isName && endsOperand(before);
}

function endsOperand({ kind, key }: Token): boolean {
  if (kind === 'word') return !keywords.has(key) || key === 'END' || key === 'NULL';
  return kind !== 'mark' || key === ')';
}
