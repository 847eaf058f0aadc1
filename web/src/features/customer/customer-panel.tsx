import './customer.css';
import { useEffect, useId, useRef } from 'react';
import { useMedia } from '../../lib/use-media.ts';
import { CustomerHead } from './customer-head.tsx';
import { CustomerSections } from './customer-sections.tsx';
import type { CustomerAnswer } from './use-customer.ts';

export interface CustomerPanelProps {
  answer: CustomerAnswer;
  knownName: string | null;
  /** The reader opened the panel from a row, so the focus moves along. */
  takesFocus: boolean;
  onClose(): void;
}

/** The width below which the panel lies over the page; customer.css and shell.css change at the same one. */
export const sheetQuery = '(max-width: 1099px)';

export function CustomerPanel({ answer, knownName, takesFocus, onClose }: CustomerPanelProps) {
  const titleId = useId();
  const panel = useRef<HTMLElement>(null);
  const sheet = useMedia(sheetQuery);

  useEffect(() => {
    if (takesFocus) panel.current?.querySelector<HTMLElement>('h2')?.focus();
  }, [takesFocus]);

  useEffect(() => {
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    };
    document.addEventListener('keydown', closeOnEscape);
    return () => document.removeEventListener('keydown', closeOnEscape);
  }, [onClose]);

  return (
    <aside
      ref={panel}
      className="panel"
      aria-labelledby={titleId}
      aria-busy={answer.busy}
      {...(sheet ? { role: 'dialog' } : {})}
    >
      <CustomerHead
        titleId={titleId}
        customer={answer.customer}
        knownName={knownName}
        state={answer}
        onClose={onClose}
      />
      <CustomerSections answer={answer} />
    </aside>
  );
}
