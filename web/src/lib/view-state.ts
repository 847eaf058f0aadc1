export const pageSizes = [50, 200] as const;

export type PageSize = (typeof pageSizes)[number];

export const sortKeys = [
  'account',
  'deal',
  'stage',
  'amount',
  'probability',
  'close',
  'payment',
  'invoices',
  'touch',
] as const;

export type SortKey = (typeof sortKeys)[number];

export interface Sort {
  key: SortKey;
  descending: boolean;
}

/** Everything the reader chose on the page. It lives in the address, so reload, Back and a copied link keep it. */
export interface ViewState {
  account: string | null;
  filter: string;
  sort: Sort | null;
  first: PageSize;
}

export function readView(search: string): ViewState {
  const parameters = new URLSearchParams(search);
  const [name = '', direction] = (parameters.get('sort') ?? '').split('.');
  const key = sortKeys.find((known) => known === name);
  return {
    account: parameters.get('account') || null,
    filter: parameters.get('filter') ?? '',
    sort: key ? { key, descending: direction === 'desc' } : null,
    first: pageSizes.find((size) => String(size) === parameters.get('first')) ?? pageSizes[0],
  };
}

/** The address's query part; what is as usual is left out. */
export function writeView({ account, filter, sort, first }: ViewState): string {
  const parameters = new URLSearchParams();
  if (account) parameters.set('account', account);
  if (filter) parameters.set('filter', filter);
  if (sort) parameters.set('sort', `${sort.key}.${sort.descending ? 'desc' : 'asc'}`);
  if (first !== pageSizes[0]) parameters.set('first', String(first));
  const text = parameters.toString();
  return text ? `?${text}` : '';
}
