import { instantOf } from '../answers.ts';
import type { Reader, Value } from '../rows.ts';

/** One line of the activity log, as the vendor's own writes make it. */
export interface Entry {
  leadId: number;
  typeId: number;
  primary: readonly [id: number | null, value: string | null];
  attributes?: Record<string, unknown>;
  campaignId?: number;
}

/** A line as it stands in the log. */
export interface Logged extends Entry {
  id: number;
  at: string;
}

export interface ActivityLog {
  /** What the lines of this log name as the source of a change. */
  readonly source: string;
  /** Why something changed, in the words of the log. */
  reason(method: string): string;
  /** Notes what was done to a person; who did it and how is added. */
  write(entry: Entry, method: string): void;
}

/** Who changes something: a program that calls the API, or somebody who works in the instance. */
export interface Author {
  user: string;
  isApi: boolean;
}

interface LogOptions {
  author: Author;
  now: () => number;
  /** Told of every line, after it is written. */
  onWrite?: (entry: Logged) => void;
}

export function createActivityLog(reader: Reader, { author, now, onWrite }: LogOptions): ActivityLog {
  const { user, isApi } = author;
  return {
    source: isApi ? 'Web service API' : 'Marketo user',
    reason: (method) => (isApi ? `Web service API: ${method}` : `Changed by ${user}`),
    write(entry, method) {
      const { leadId, typeId, primary, campaignId } = entry;
      const attributes = { ...entry.attributes, ...(isApi && { 'API Method Name': method }), 'Modifying User': user };
      const logged: Logged = { ...entry, attributes, id: reader.nextId('mk_activity'), at: instantOf(now()) };
      const row: Record<string, Value> = {
        id: logged.id,
        lead_id: leadId,
        at: logged.at,
        type_id: typeId,
        campaign_id: campaignId ?? null,
        primary_id: primary[0],
        primary_value: primary[1],
        attributes: JSON.stringify(attributes),
      };
      reader.insert('mk_activity', row);
      onWrite?.(logged);
    },
  };
}
