import './system-pill.css';
import { PlugOffIcon } from '../components/icons.tsx';
import { SystemShape } from '../components/system-tag.tsx';
import type { StateWord } from '../lib/system-state.ts';
import { type System, systems } from '../lib/systems.ts';

/** Shape, letters and the state's word; the word of a healthy system waits for the pointer. */
export function SystemPill({ system, state }: { system: System; state: StateWord }) {
  const { name, tag } = systems[system];
  return (
    <li className="pill" data-state={state} title={`${name}: ${state}`}>
      <span className="sr-only">{`${name}: ${state}`}</span>
      <span className="pill-face" aria-hidden="true">
        <SystemShape system={system} />
        {tag}
        {state === 'Down' && <PlugOffIcon />}
        <span className="pill-word">{state}</span>
      </span>
    </li>
  );
}
