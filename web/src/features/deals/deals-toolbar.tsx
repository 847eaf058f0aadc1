import type { View } from '../../lib/use-view-state.ts';
import { pageSizes } from '../../lib/view-state.ts';
import type { ColumnState } from './column-state.ts';
import { ColumnsMenu } from './columns-menu.tsx';

export function DealsToolbar({ view, columns }: { view: View; columns: readonly ColumnState[] }) {
  return (
    <div className="deals-toolbar">
      <label>
        <span className="sr-only">Filter deals</span>
        <input
          type="search"
          className="input"
          placeholder="Filter shown deals"
          value={view.filter}
          onChange={(event) => view.change({ filter: event.target.value })}
        />
      </label>
      <ColumnsMenu states={columns} />
      <fieldset className="choice">
        <legend className="sr-only">Deals to show</legend>
        {pageSizes.map((size) => (
          <label key={size}>
            <input
              type="radio"
              name="first"
              className="sr-only"
              checked={view.first === size}
              onChange={() => view.change({ first: size })}
            />
            <span>{size}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}
