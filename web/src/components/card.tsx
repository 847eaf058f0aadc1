import './card.css';
import { type ReactNode, useId } from 'react';

export interface CardProps {
  title: string;
  busy: boolean;
  /** The line at the card's foot: system and age. */
  foot: ReactNode;
  children: ReactNode;
  className?: string;
}

export function Card({ title, busy, foot, children, className = '' }: CardProps) {
  const id = useId();
  return (
    <section className={`card ${className}`} aria-labelledby={id} aria-busy={busy}>
      <h3 id={id}>{title}</h3>
      <div className="card-body">{children}</div>
      <div className="card-foot">{foot}</div>
    </section>
  );
}
