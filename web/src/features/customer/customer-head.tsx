import { CloseIcon, WarningIcon } from '../../components/icons.tsx';
import { type FragmentType, graphql, readFragment } from '../../generated/index.ts';
import { closedReason } from '../../lib/closed-customers.ts';
import { failureOf } from '../../lib/failures.ts';
import { formatCount } from '../../lib/format.ts';
import type { Reading } from '../../lib/reading.ts';
import type { SectionState } from '../../lib/section-state.ts';

const CustomerHeadFields = graphql(`
  fragment CustomerHead on CustomerProfile {
    accountId
    name
    industry
    employeeCount
    ownerName
  }
`);

export interface CustomerHeadProps {
  titleId: string;
  customer: FragmentType<typeof CustomerHeadFields> | null;
  /** The name as the clicked row shows it, so that the panel has a title in its first frame. */
  knownName: string | null;
  state: SectionState & { readings: readonly Reading[] };
  onClose(): void;
}

export function CustomerHead({ titleId, customer, knownName, state, onClose }: CustomerHeadProps) {
  const head = readFragment(CustomerHeadFields, customer);
  const outdated = state.readings.some(({ stale }) => stale);
  const failure = head?.name
    ? undefined
    : failureOf(state.failures, { system: 'SALESFORCE', path: ['customer', 'name'] });
  const facts = [
    head?.industry,
    typeof head?.employeeCount === 'number' ? `${formatCount(head.employeeCount)} people` : null,
    head?.ownerName ? `Owner ${head.ownerName}` : null,
  ].filter(Boolean);
  return (
    <header className="panel-head">
      <div>
        <h2 id={titleId} tabIndex={-1}>
          {head?.name ?? knownName ?? 'Customer'}
        </h2>
        <p className="quiet panel-facts">
          {failure?.system ? closedReason : facts.length > 0 ? facts.join(' · ') : '\u00a0'}
        </p>
        {/* Always there, so that nothing below it moves. */}
        <p className="panel-outdated" role="status">
          {outdated && (
            <>
              <WarningIcon />
              Some information may be outdated
            </>
          )}
        </p>
      </div>
      <button type="button" className="icon-button" aria-label="Close customer" onClick={onClose}>
        <CloseIcon />
      </button>
    </header>
  );
}
