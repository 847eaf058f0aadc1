import './skeleton.css';

/** Grey lines of the size that the values will have; hidden at first, so quick answers never flash. */
export function Skeleton({ lines, tall = false }: { lines: number; tall?: boolean }) {
  return (
    <div className="skeleton" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <span key={line} className={tall ? 'skeleton-line skeleton-tall' : 'skeleton-line'} />
      ))}
    </div>
  );
}
