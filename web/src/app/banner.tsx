import './banner.css';
import { useAge } from '../components/age.tsx';
import { WarningIcon } from '../components/icons.tsx';
import type { BannerText } from '../lib/banner.ts';
import { formatAge } from '../lib/format.ts';

export interface BannerProps {
  text: BannerText | null;
  busy: boolean;
  onRetry(): void;
}

/** A strip that is always there, so that a message moves nothing; one message at most. */
export function Banner({ text, busy, onRetry }: BannerProps) {
  return (
    <div className="strip">
      <div className="banner-text" role="status">
        {text && (
          <>
            <WarningIcon />
            <span>
              <span className={isLong(text) ? 'banner-aside' : undefined}>
                {text.scope}
                {text.asOf && <BannerAge asOf={text.asOf} />}
                {`${text.tail} `}
              </span>
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

/** More than two lines on a phone. */
const isLong = ({ scope, tail, sentence }: BannerText) => scope.length + tail.length + sentence.length > 70;

/** Read out with the message, but not again each time that it changes. */
function BannerAge({ asOf }: { asOf: string }) {
  // Nothing that is cached is new.
  const age = formatAge(Math.max(1, useAge(asOf)));
  return <span aria-live="off">{` (${age} old)`}</span>;
}
