import type { VendorReply } from '../../vendor/reply.ts';
import { badParameter } from './errors.ts';

export interface Page {
  limit: number;
  offset: number;
}

export const maxPage = 1000;

export function readPage(url: URL): Page {
  const limit = readWhole(url, 'limit', maxPage);
  const offset = readWhole(url, 'offset', 0);
  if (limit < 1 || limit > maxPage) throw badParameter('limit', `The limit must be from 1 to ${maxPage}.`);
  if (offset % limit !== 0) throw badParameter('offset', 'The offset must be a multiple of the limit.');
  return { limit, offset };
}

function readWhole(url: URL, name: string, fallback: number): number {
  const text = url.searchParams.get(name);
  if (text === null) return fallback;
  if (!/^\d{1,9}$/.test(text)) throw badParameter(name, `Invalid value for the query parameter ${name}.`);
  return Number(text);
}

/** One page of a collection, with the links that lead from it. */
export function collectionReply(url: URL, { limit, offset }: Page, items: object[], totalResults: number): VendorReply {
  const link = (rel: string, to: number) => {
    const query = new URLSearchParams(url.searchParams);
    query.set('limit', String(limit));
    query.set('offset', String(to));
    return { rel, href: `${url.origin}${url.pathname}?${query}` };
  };
  const hasMore = offset + limit < totalResults;
  const last = Math.max(0, Math.ceil(totalResults / limit) - 1) * limit;
  const links = [
    ...(hasMore ? [link('next', offset + limit), link('last', last)] : []),
    ...(offset > 0 ? [link('first', 0), link('prev', offset - limit)] : []),
    link('self', offset),
  ];
  return {
    status: 200,
    headers: { 'content-type': 'application/vnd.oracle.resource+json; type=collection; charset=UTF-8' },
    body: { links, count: items.length, hasMore, items, offset, totalResults },
  };
}
