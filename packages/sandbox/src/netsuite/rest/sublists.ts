import type { DatabaseSync } from 'node:sqlite';
import type { VendorReply } from '../../vendor/reply.ts';
import { missing } from './errors.ts';
import { recordPath } from './paths.ts';

type Name = 'item' | 'apply';

export interface Sublists {
  /** A sublist inside its record: its link, or its rows where the client asked for them. */
  show(url: URL, self: string, id: number, name: Name): object;
  /** The sublist's own address, and that of one of its rows. */
  answer(url: URL, id: number, name: Name, line: string | undefined): VendorReply;
}

export function createSublists(db: DatabaseSync): Sublists {
  const statements = {
    item: db.prepare(
      `SELECT l.line, l.item_id AS item, i.name AS itemName, l.description, l.quantity, l.rate / 100.0 AS rate,
         l.amount / 100.0 AS amount FROM ns_transaction_line l JOIN ns_item i ON i.id = l.item_id
       WHERE l.transaction_id = ? ORDER BY l.line`,
    ),
    apply: db.prepare(
      `SELECT t.id AS doc, t.tran_id AS refNum, t.tran_date AS applyDate, t.total / 100.0 AS total,
         (t.unpaid + a.amount) / 100.0 AS due, a.amount / 100.0 AS amount
       FROM ns_applied a JOIN ns_transaction t ON t.id = a.invoice_id WHERE a.payment_id = ? ORDER BY t.id`,
    ),
  };

  const rows = (origin: string, self: string, id: number, name: Name) =>
    statements[name].all(id).map((row, index) => {
      const links = [{ rel: 'self', href: `${self}/${name}/${row.line ?? index + 1}` }];
      const given = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
      if (name === 'apply') {
        const doc = { links: [{ rel: 'self', href: `${origin}${recordPath}invoice/${row.doc}` }], id: String(row.doc) };
        return { links, ...given, apply: true, doc, type: 'Invoice' };
      }
      const { itemName, ...rest } = given;
      return { links, ...rest, item: { links: [], id: String(row.item), refName: String(itemName) } };
    });

  const collection = (origin: string, self: string, id: number, name: Name) => {
    const items = rows(origin, self, id, name);
    const links = [{ rel: 'self', href: `${self}/${name}` }];
    return { links, items, count: items.length, offset: 0, hasMore: false, totalResults: items.length };
  };

  return {
    show(url, self, id, name) {
      const links = [{ rel: 'self', href: `${self}/${name}` }];
      if (url.searchParams.get('expandSubResources') !== 'true') return { links };
      const { items, totalResults } = collection(url.origin, self, id, name);
      return { links, items, totalResults };
    },
    answer(url, id, name, line) {
      const self = `${url.origin}${url.pathname.split(`/${name}`)[0]}`;
      const whole = collection(url.origin, self, id, name);
      const type = line === undefined ? 'collection' : 'singular';
      const body = line === undefined ? whole : whole.items[Number(line) - 1];
      if (!body) throw missing(url);
      const contentType = `application/vnd.oracle.resource+json; type=${type}; charset=UTF-8`;
      return { status: 200, headers: { 'content-type': contentType }, body };
    },
  };
}
