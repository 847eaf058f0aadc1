import './failure-note.css';
import type { Failure } from '../lib/failures.ts';
import { systems } from '../lib/systems.ts';
import { PlugOffIcon } from './icons.tsx';

export interface FailureNoteProps {
  failure: Failure;
  /** What the failure takes away, where the place alone does not say it. */
  what?: string;
  busy?: boolean;
  onRetry(): void;
}

/** Stands where a section's values would be and says why they are not there. */
export function FailureNote({ failure, what, busy = false, onRetry }: FailureNoteProps) {
  const title = failure.system ? `${systems[failure.system].name} unavailable` : 'Not available';
  return (
    <div className="failure-note">
      <p className="failure-title">
        <PlugOffIcon />
        {what ? `${what}: ${title}` : title}
      </p>
      <p className="failure-sentence">{failure.sentence}</p>
      {failure.retryable && (
        <button type="button" className="button" aria-disabled={busy} onClick={() => busy || onRetry()}>
          {busy ? 'Retrying…' : 'Retry'}
        </button>
      )}
    </div>
  );
}
