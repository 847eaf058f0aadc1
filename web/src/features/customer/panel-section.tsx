import { type ReactNode, useId } from 'react';
import { FailureNote } from '../../components/failure-note.tsx';
import { FreshnessLine, type FreshnessRef } from '../../components/freshness-line.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { failureOf } from '../../lib/failures.ts';
import type { SectionState } from '../../lib/section-state.ts';
import type { System } from '../../lib/systems.ts';

export interface PanelSectionProps {
  title: string;
  system: System;
  /** The field of `customer` that the section stands on. */
  field: string;
  freshness: FreshnessRef | null | undefined;
  state: SectionState;
  /** How many lines the section usually has. */
  lines: number;
  /** The section's values; null when the field has none. */
  children: ReactNode | null;
  /** Said when the system answered and there is no value. */
  none: ReactNode;
}

export function PanelSection(props: PanelSectionProps) {
  const { title, system, field, freshness, state, lines, children, none } = props;
  const id = useId();
  const failure = children === null ? failureOf(state.failures, { system, path: ['customer', field] }) : undefined;
  return (
    <section className="panel-section" aria-labelledby={id} aria-busy={state.busy}>
      <div className="panel-section-head">
        <h3 id={id}>{title}</h3>
        <FreshnessLine system={system} freshness={freshness} failed={Boolean(failure?.system)} />
      </div>
      {state.waiting ? (
        <Skeleton lines={lines} />
      ) : failure ? (
        <FailureNote failure={failure} busy={state.busy} onRetry={state.ask} />
      ) : (
        (children ?? <div className="quiet">{none}</div>)
      )}
    </section>
  );
}
