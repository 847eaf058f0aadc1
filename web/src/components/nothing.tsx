import './nothing.css';
import { type System, systems } from '../lib/systems.ts';
import { BrokenLinkIcon, PlugOffIcon } from './icons.tsx';

/** The system answered that there is none. */
export function Empty({ system }: { system: System }) {
  return (
    <span className="nothing" title={`None in ${systems[system].name}`}>
      <span aria-hidden="true">—</span>
      <span className="sr-only">none in {systems[system].name}</span>
    </span>
  );
}

/** The system did not answer, so nobody knows. */
export function Unavailable({ system }: { system: System }) {
  return (
    <span className="nothing nothing-down" title={`${systems[system].name} unavailable`}>
      <PlugOffIcon />
      <span aria-hidden="true">{systems[system].tag}</span>
      <span className="sr-only">{systems[system].name} unavailable</span>
    </span>
  );
}

/** The system has no counterpart of this record. */
export function NotLinked({ label, reason }: { label: string; reason: string }) {
  return (
    <span className="nothing" title={reason}>
      <BrokenLinkIcon />
      <span aria-hidden="true">{label}</span>
      <span className="sr-only">{reason}</span>
    </span>
  );
}
