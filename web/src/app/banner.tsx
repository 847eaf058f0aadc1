import './banner.css';
import { WarningIcon } from '../components/icons.tsx';
import type { BannerText } from '../lib/banner.ts';
import { useRetry } from './use-retry.ts';

export interface BannerProps {
  text: BannerText | null;
  unreachable: boolean;
  busy: boolean;
  onRetry(): void;
}

/** A strip that is always there, so that a message moves nothing; one message at most. */
export function Banner({ text, unreachable, busy, onRetry }: BannerProps) {
  useRetry(unreachable, busy, onRetry);
  return (
    <div className="strip">
      <div className="banner-text" role="status">
        {text && (
          <>
            <WarningIcon />
            <span>
              <span className="banner-scope">{text.scope} </span>
              {text.sentence}
            </span>
          </>
        )}
      </div>
      {text && (
        <button type="button" className="button" aria-disabled={busy} onClick={() => busy || onRetry()}>
          {busy ? 'Retrying…' : 'Retry'}
        </button>
      )}
    </div>
  );
}
