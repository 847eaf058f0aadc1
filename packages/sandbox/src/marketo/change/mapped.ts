import { Refusal } from '../answers.ts';
import type { Desk } from '../routes.ts';
import { changeRecord } from './records.ts';

/** Writes what a webhook answered into a person's fields, each by itself; a value that does not fit is dropped. */
export function writeMapped(desk: Desk, leadId: number, values: Record<string, unknown>) {
  for (const [field, value] of Object.entries(values)) {
    try {
      changeRecord(desk, { type: 'UPDATE', object: 'lead', id: leadId, fields: { [field]: value } });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
