import './shell.css';
import { useCallback, useEffect, useRef, useState } from 'react';
import { CustomerPanel, sheetQuery } from '../features/customer/customer-panel.tsx';
import { useCustomer } from '../features/customer/use-customer.ts';
import { Dashboard } from '../features/dashboard/dashboard.tsx';
import { useDashboard } from '../features/dashboard/use-dashboard.ts';
import { Deals } from '../features/deals/deals.tsx';
import { useDeals } from '../features/deals/use-deals.ts';
import { needOf } from '../lib/ask-again.ts';
import { bannerText } from '../lib/banner.ts';
import { failedSystems } from '../lib/failures.ts';
import { systemStates } from '../lib/system-state.ts';
import { findTroubles } from '../lib/troubles.ts';
import { useMedia } from '../lib/use-media.ts';
import { useViewState } from '../lib/use-view-state.ts';
import { Banner } from './banner.tsx';
import { ClosedNotice } from './closed-notice.tsx';
import { NavRail } from './nav-rail.tsx';
import { TopBar } from './top-bar.tsx';
import { useAskAgain } from './use-ask-again.ts';

export function App() {
  const view = useViewState();
  const answers = [useDashboard(), useDeals(view.first), useCustomer(view.account)] as const;
  const [dashboard, deals, customer] = answers;
  const sheet = useMedia(sheetQuery);
  const covered = sheet && view.account !== null;

  const failures = answers.flatMap((answer) => answer.failures);
  const readings = answers.flatMap((answer) => answer.readings);
  const unreachable = answers.some((answer) => answer.unreachable);
  const busy = answers.some((answer) => answer.busy);
  const troubles = findTroubles(readings, failures);
  const states = systemStates(readings, failedSystems(failures), busy);
  const openRow = deals.rows?.find(({ accountId }) => accountId === view.account);

  const askAll = () => {
    dashboard.ask();
    deals.ask();
    if (view.account !== null) customer.ask();
  };
  // What failed in one section mostly failed in others for the same reason, so one Retry serves them all.
  const ask = () => {
    for (const answer of answers) if (needOf([answer]) !== null) answer.ask();
  };
  useAskAgain(needOf(answers), busy, ask);

  const closed = troubles.some(({ system, away }) => system === 'SALESFORCE' && away);
  const [explained, setExplained] = useState(false);
  // The next time that no customer can be opened is explained anew.
  if (explained && !closed) setExplained(false);
  const explain = useCallback(() => setExplained(true), []);
  const closePanel = useReturningFocus(view.deal, view.closeCustomer);

  return (
    <div className="shell">
      <TopBar states={states} busy={busy} onRefresh={askAll} />
      <NavRail inert={covered} />
      <Banner text={bannerText(troubles, unreachable)} busy={busy} onRetry={ask} />
      <main className="main" inert={covered}>
        <Dashboard answer={{ ...dashboard, ask }} />
        <Deals answer={{ ...deals, ask }} view={view} closed={closed} onOpen={closed ? explain : view.openCustomer} />
      </main>
      {view.account !== null && (
        <CustomerPanel
          key={view.account}
          answer={{ ...customer, ask }}
          knownName={openRow?.account ?? null}
          takesFocus={view.deal !== null}
          onClose={closePanel}
        />
      )}
      <ClosedNotice shown={explained} onDismiss={() => setExplained(false)} />
    </div>
  );
}

/** Closes the panel and gives the focus back to the row that opened it, or else to the row that is marked. */
function useReturningFocus(deal: string | null, close: () => void): () => void {
  const origin = useRef<string | null>(null);
  useEffect(() => {
    const row = origin.current && document.getElementById(`deal-${origin.current}`);
    if (deal === null && row) row.focus();
    origin.current = deal;
  }, [deal]);
  return useCallback(() => {
    const marked = document.querySelector<HTMLElement>('tr[aria-current="true"]');
    origin.current ??= marked?.id.replace('deal-', '') ?? null;
    close();
  }, [close]);
}
