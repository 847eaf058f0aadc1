import './payment-badge.css';
import type { PaymentStatus } from '../generated/graphql.ts';
import { formatWords } from '../lib/format.ts';
import { CheckIcon, ClockIcon, WarningIcon } from './icons.tsx';

/** How an account pays: always a word, with a shape where it matters. */
export function PaymentBadge({ status }: { status: PaymentStatus }) {
  return (
    <span className="payment" data-status={status}>
      {status === 'OVERDUE' && <WarningIcon />}
      {status === 'DUE_SOON' && <ClockIcon />}
      {status === 'PAID' && <CheckIcon />}
      {formatWords(status)}
    </span>
  );
}
