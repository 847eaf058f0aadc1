import { HomeIcon, TableIcon } from '../components/icons.tsx';

export function NavRail({ inert }: { inert: boolean }) {
  return (
    <nav className="nav-rail" aria-label="Page" inert={inert}>
      <a href="#dashboard" aria-label="Company figures" title="Company figures">
        <HomeIcon />
      </a>
      <a href="#deals" aria-label="Active deals" title="Active deals">
        <TableIcon />
      </a>
    </nav>
  );
}
