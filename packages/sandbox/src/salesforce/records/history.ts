import type { Columns } from './input.ts';

const watched = ['stage', 'amount', 'probability', 'close_date'] as const;

/** Keeps the trail of what a deal was worth and how far it was. */
export function createHistory(
  insert: (table: string, columns: Columns) => void,
  nextId: (table: string, prefix: string) => string,
) {
  return (id: string, before: Columns | undefined, after: Columns, now: string) => {
    if (before && watched.every((column) => before[column] === after[column])) return;
    const { stage, amount, probability, close_date, forecast_category } = after;
    insert('sf_opportunity_history', {
      id: nextId('sf_opportunity_history', '008'),
      opportunity_id: id,
      ...({ stage, amount, probability, close_date, forecast_category } as Columns),
      created_at: now,
    });
  };
}
