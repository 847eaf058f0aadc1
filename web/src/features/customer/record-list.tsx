import type { ReactNode } from 'react';

export interface Line {
  id: string;
  title: ReactNode;
  note: ReactNode;
  figure?: ReactNode;
  figureNote?: ReactNode;
}

/** Records of one kind, each on two lines: what it is, and how it stands. */
export function RecordList({ lines, label }: { lines: readonly Line[]; label: string }) {
  return (
    <ul className="records" aria-label={label}>
      {lines.map(({ id, title, note, figure, figureNote }) => (
        <li key={id}>
          <div>
            <div className="record-title">{title}</div>
            <div className="record-note">{note}</div>
          </div>
          <div className="record-figure">
            <div>{figure}</div>
            <div className="record-note">{figureNote}</div>
          </div>
        </li>
      ))}
    </ul>
  );
}
