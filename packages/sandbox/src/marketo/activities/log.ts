import { instantOf } from '../answers.ts';
import type { Reader } from '../rows.ts';

/** One line of the activity log, as the vendor's own writes make it. */
export interface Entry {
  leadId: number;
  typeId: number;
  primary: readonly [id: number | null, value: string | null];
  attributes?: Record<string, unknown>;
  campaignId?: number;
}

export interface ActivityLog {
  /** Notes what a call did to a person; how it was called is added. */
  write(entry: Entry, method: string): void;
}

export function createActivityLog(reader: Reader, apiUser: string, now: () => number): ActivityLog {
  return {
    write({ leadId, typeId, primary, attributes = {}, campaignId }, method) {
      const how = { 'API Method Name': method, 'Modifying User': apiUser };
      reader.insert('mk_activity', {
        id: reader.nextId('mk_activity'),
        lead_id: leadId,
        at: instantOf(now()),
        type_id: typeId,
        campaign_id: campaignId ?? null,
        primary_id: primary[0],
        primary_value: primary[1],
        attributes: JSON.stringify({ ...attributes, ...how }),
      });
    },
  };
}
