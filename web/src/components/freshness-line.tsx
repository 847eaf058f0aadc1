import './freshness-line.css';
import { type FragmentType, graphql, readFragment } from '../generated/index.ts';
import { formatAge, formatInstant } from '../lib/format.ts';
import { readingState } from '../lib/system-state.ts';
import { isSystem, type System } from '../lib/systems.ts';
import { useNow } from '../lib/use-now.ts';
import { ClockIcon, PlugOffIcon } from './icons.tsx';
import { SystemTag } from './system-tag.tsx';

export const FreshnessFragment = graphql(`
  fragment Freshness on Freshness {
    source
    origin
    asOf
    stale
    warning
  }
`);

export type FreshnessRef = FragmentType<typeof FreshnessFragment>;

export interface FreshnessLineProps {
  system: System;
  freshness: FreshnessRef | null | undefined;
  failed?: boolean;
}

/** Where a group of values came from and how old it is; every card and section carries one. */
export function FreshnessLine({ system, freshness, failed = false }: FreshnessLineProps) {
  const reading = readFragment(FreshnessFragment, freshness);
  if (failed) {
    return (
      <p className="freshness" data-state="Down">
        <SystemTag system={system} />
        <PlugOffIcon />
        <span>unavailable</span>
      </p>
    );
  }
  if (!reading) {
    return (
      <p className="freshness">
        <SystemTag system={system} />
      </p>
    );
  }
  const state = readingState(reading);
  return (
    <p className="freshness" data-state={state} title={reading.warning ?? `Read ${formatInstant(reading.asOf)}`}>
      <SystemTag system={isSystem(reading.source) ? reading.source : system} />
      {state === 'Cached' && <ClockIcon />}
      <span>
        {state !== 'Fresh' && `${state.toLowerCase()} · `}
        <Age asOf={reading.asOf} />
      </span>
    </p>
  );
}

function Age({ asOf }: { asOf: string }) {
  const now = useNow();
  return <time dateTime={asOf}>{formatAge((now - Date.parse(asOf)) / 1000)}</time>;
}
