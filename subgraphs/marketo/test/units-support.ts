import { toCampaign } from '../src/campaigns.ts';
import { programRecord } from '../src/records.ts';

/** Whether a program with these fields is active on 22 November 2026. */
export function isActiveCampaign({ status, endDate }: { status: string; endDate?: string }): boolean {
  const record = programRecord.parse({ id: 1, name: 'Program', status, ...(endDate && { endDate }) });
  return toCampaign(record, new Date('2026-11-22T12:00:00Z')).active;
}
