import './freshness-line.css';
import type { ReactNode } from 'react';
import { type FragmentType, graphql, readFragment } from '../generated/index.ts';
import { formatAge, formatInstant } from '../lib/format.ts';
import { type Reading, readingState } from '../lib/reading.ts';
import { isSystem, type System } from '../lib/systems.ts';
import { Age, useAge } from './age.tsx';
import { ClockIcon, DotIcon, HalfRingIcon, PlugOffIcon } from './icons.tsx';
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

export interface ReadingLineProps {
  system: System;
  reading: Reading | null | undefined;
  failed?: boolean;
}

/** Where a group of values came from, how it is and how old; every card, section and column carries one. */
export function ReadingLine({ system, reading, failed = false }: ReadingLineProps) {
  if (failed) {
    return (
      <Line state="Down" system={system}>
        <PlugOffIcon />
        <span className="freshness-word">unavailable</span>
      </Line>
    );
  }
  if (!reading) return <Line system={system} />;
  const { asOf, origin, warning } = reading;
  const state = readingState(reading);
  return (
    <Line
      state={state}
      system={isSystem(reading.source) ? reading.source : system}
      title={warning ?? `Read ${formatInstant(asOf)}`}
    >
      {state === 'Cached' && (
        <>
          <ClockIcon />
          <span>
            <span className="freshness-word">cached · </span>
            <Age asOf={asOf} />
          </span>
        </>
      )}
      {state === 'Ageing' && (
        <>
          <HalfRingIcon />
          <span>
            <Age asOf={asOf} />
            <span className="freshness-word"> · refreshing</span>
          </span>
        </>
      )}
      {state === 'Fresh' && (origin === 'LIVE' ? <LiveAge asOf={asOf} /> : <Age asOf={asOf} />)}
    </Line>
  );
}

export interface FreshnessLineProps {
  system: System;
  freshness: FreshnessRef | null | undefined;
  failed?: boolean;
}

/** The line of values whose freshness is a fragment of the answer. */
export function FreshnessLine({ freshness, ...props }: FreshnessLineProps) {
  return <ReadingLine {...props} reading={readFragment(FreshnessFragment, freshness)} />;
}

function Line(props: { system: System; state?: string; title?: string; children?: ReactNode }) {
  const { system, state, title, children } = props;
  return (
    <p className="freshness" data-state={state} title={title}>
      <SystemTag system={system} />
      {children}
    </p>
  );
}

/** What was read for this answer is live as long as it can be taken for what the system would say now. */
const liveSeconds = 10;

function LiveAge({ asOf }: { asOf: string }) {
  const age = useAge(asOf);
  if (age >= liveSeconds) return <Age asOf={asOf} />;
  return (
    <span className="live">
      <DotIcon />
      <span>
        <span className="freshness-word">live · </span>
        <time dateTime={asOf}>{formatAge(age)}</time>
      </span>
    </span>
  );
}
