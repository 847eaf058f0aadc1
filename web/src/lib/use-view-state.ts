import { useMemo, useSyncExternalStore } from 'react';
import { readView, type ViewState, writeView } from './view-state.ts';

export interface View extends ViewState {
  /** The deal whose row opened the customer; only a hint, so it is not part of the address. */
  deal: string | null;
  /** Opening and closing a customer are steps that Back undoes; the rest only rewrites the address. */
  openCustomer(account: string, deal: string): void;
  closeCustomer(): void;
  change(patch: Partial<Pick<ViewState, 'filter' | 'sort' | 'first'>>): void;
}

const listeners = new Set<() => void>();
const announce = () => {
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

const readAddress = () => window.location.search;
const readDeal = () => (window.history.state as { deal?: string } | null)?.deal ?? null;

function go(patch: Partial<ViewState>, step: 'push' | 'replace', deal: string | null): void {
  const address = window.location.pathname + writeView({ ...readView(readAddress()), ...patch }) + window.location.hash;
  if (step === 'push') window.history.pushState({ deal }, '', address);
  else window.history.replaceState({ deal }, '', address);
  announce();
}

const actions = {
  openCustomer: (account: string, deal: string) => go({ account }, 'push', deal),
  closeCustomer: () => go({ account: null }, 'push', null),
  change: (patch: Partial<ViewState>) => go(patch, 'replace', readDeal()),
};

export function useViewState(): View {
  const search = useSyncExternalStore(subscribe, readAddress);
  const deal = useSyncExternalStore(subscribe, readDeal);
  return useMemo(() => ({ ...readView(search), deal, ...actions }), [search, deal]);
}
