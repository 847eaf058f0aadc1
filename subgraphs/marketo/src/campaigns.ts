import type { Campaign } from './model.ts';
import { compareText } from './people.ts';
import type { ProgramRecord } from './records.ts';

export function toCampaign(record: ProgramRecord, now: Date): Campaign {
  return {
    id: record.id,
    name: record.name,
    channel: record.channel || null,
    status: record.status || null,
    active: isActive(record, now),
    createdAt: record.createdAt ?? null,
  };
}

/** Only some program types are switched on and off; the others are active until they end. */
function isActive({ status, endDate }: ProgramRecord, now: Date): boolean {
  if (status === 'on') return true;
  if (status === 'off') return false;
  return !endDate || Date.parse(endDate) + 86_400_000 > now.getTime();
}

export function newestFirst(campaigns: readonly Campaign[]): Campaign[] {
  const at = (campaign: Campaign) => campaign.createdAt ?? '';
  return [...campaigns].sort((one, other) => compareText(at(other), at(one)) || Number(other.id) - Number(one.id));
}
