import type { DatabaseSync } from 'node:sqlite';
import type { Json } from '../records/input.ts';
import type { Change } from '../records/store.ts';
import { quote } from '../rest/records.ts';
import { parseSoql } from '../soql/parse.ts';
import type { RunSoql } from '../soql/run.ts';
import type { Bus } from './bus.ts';

/** Saved queries: a change of a record that one of them finds is pushed with the columns that it selects. */
export interface PushTopics {
  has(name: string): boolean;
  /** Looks now, and returns what to publish later. */
  match(changes: Change[]): (() => void)[];
}

const wordFor = { CREATE: 'created', UPDATE: 'updated', DELETE: 'deleted', UNDELETE: 'undeleted' } as const;

export function createPushTopics(db: DatabaseSync, run: RunSoql, bus: Bus, now: () => number): PushTopics {
  const active = db.prepare('SELECT * FROM sf_push_topic WHERE is_active = 1');
  const named = db.prepare('SELECT 1 FROM sf_push_topic WHERE is_active = 1 AND name = ?');

  function judge(topic: Record<string, unknown>, { type, object, id, before, after }: Change): Json | undefined {
    if (topic[`notify_${type.toLowerCase()}`] !== 1) return undefined;
    const text = String(topic.query);
    const query = parseSoql(text);
    if (query.sObject?.toLowerCase() !== object.name.toLowerCase()) return undefined;
    if (type === 'DELETE') return { Id: id };
    const select = /^\s*SELECT\s+([\s\S]+?)\s+FROM\s/i.exec(text)?.[1] ?? 'Id';
    const where = /\sWHERE\s+([\s\S]+?)(?:\s+(?:ORDER\s+BY|LIMIT)\s[\s\S]*)?$/i.exec(text)?.[1];
    if (before && after && !concerns(String(topic.notify_fields), select, where, before, after)) return undefined;
    const condition = `Id = ${quote(id)}${where ? ` AND (${where})` : ''}`;
    const [found] = run(`SELECT ${select} FROM ${object.name} WHERE ${condition}`, '').records;
    if (!found) return undefined;
    const { attributes: _, ...record } = found;
    return record;
  }

  return {
    has: (name) => named.get(name) !== undefined,
    match(changes) {
      const topics = active.all();
      return changes.flatMap((change) =>
        topics.flatMap((topic) => {
          const sobject = judge(topic, change);
          if (!sobject) return [];
          const event = { createdDate: new Date(now()).toISOString(), type: wordFor[change.type] };
          const publish = () =>
            bus.publish([`/topic/${String(topic.name)}`], (replayId) => ({ event: { ...event, replayId }, sobject }));
          return [publish];
        }),
      );
    },
  };
}

function concerns(watched: string, select: string, where: string | undefined, before: Json, after: Json): boolean {
  if (watched === 'All') return true;
  const text = { Select: select, Where: where ?? '', Referenced: `${select} ${where ?? ''}` }[watched] ?? '';
  const words = new Set(text.toLowerCase().match(/\w+/g));
  return Object.keys(after).some(
    (name) => words.has(name.toLowerCase()) && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}
