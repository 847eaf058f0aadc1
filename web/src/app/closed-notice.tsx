import './closed-notice.css';
import { CloseIcon } from '../components/icons.tsx';
import { closedReason } from '../lib/closed-customers.ts';

/** Says why a row does not open. It lies over the page's end, so that it moves nothing, and takes no focus. */
export function ClosedNotice({ shown, onDismiss }: { shown: boolean; onDismiss(): void }) {
  return (
    <div className="notice-place">
      <div role="status">{shown && <p className="notice">{closedReason}</p>}</div>
      {shown && (
        <button type="button" className="icon-button" aria-label="Dismiss" onClick={onDismiss}>
          <CloseIcon />
        </button>
      )}
    </div>
  );
}
