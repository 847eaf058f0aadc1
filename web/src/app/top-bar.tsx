import { RefreshIcon } from '../components/icons.tsx';
import type { StateWord } from '../lib/system-state.ts';
import { type System, systemOrder } from '../lib/systems.ts';
import { SystemPill } from './system-pill.tsx';

export interface TopBarProps {
  states: Record<System, StateWord>;
  busy: boolean;
  onRefresh(): void;
}

export function TopBar({ states, busy, onRefresh }: TopBarProps) {
  return (
    <header className="top-bar">
      <span className="mark" aria-hidden="true">
        C3
      </span>
      <h1>
        <span className="product">Customer360</span>
        <span className="page-title">Overview</span>
      </h1>
      <ul className="pills" aria-label="Systems">
        {systemOrder.map((system) => (
          <SystemPill key={system} system={system} state={states[system]} />
        ))}
      </ul>
      <button
        type="button"
        className="icon-button"
        aria-label="Refresh all figures"
        title="Refresh all figures"
        aria-disabled={busy}
        onClick={() => busy || onRefresh()}
      >
        <RefreshIcon />
      </button>
    </header>
  );
}
