import './system-tag.css';
import { type System, systems } from '../lib/systems.ts';

/** A system's two letters with its shape: square, circle, diamond. Never colour alone. */
export function SystemTag({ system }: { system: System }) {
  const { name, tag } = systems[system];
  return (
    <span className="system-tag" title={name}>
      <SystemShape system={system} />
      <span aria-hidden="true">{tag}</span>
      <span className="sr-only">{name}</span>
    </span>
  );
}

export function SystemShape({ system }: { system: System }) {
  return (
    <svg className="system-shape" viewBox="0 0 10 10" width="10" height="10" fill="currentColor" aria-hidden="true">
      {system === 'NETSUITE' && <rect x="1" y="1" width="8" height="8" />}
      {system === 'SALESFORCE' && <circle cx="5" cy="5" r="4.4" />}
      {system === 'MARKETO' && <path d="M5 0 10 5 5 10 0 5z" />}
    </svg>
  );
}
