import { newestFirst, toCampaign } from '@customer360/marketo/campaigns';
import type { Person } from '@customer360/marketo/model';
import { toPerson } from '@customer360/marketo/people';
import type { MeshContext, Row } from './sources.ts';
import { askMarketo } from './sources.ts';

const leadFields = [
  ...['id', 'email', 'leadSource', 'leadScore', 'createdAt', 'updatedAt', 'sfdcAccountId'],
  ...['lastInterestingMomentType', 'lastInterestingMomentDate', 'lastInterestingMomentDesc'],
  ...['lastInterestingMomentSource', 'lastCampaignId', 'lastCampaignName'],
].join();

/** People of many accounts in one call. */
export async function peopleOf(context: MeshContext, accountIds: readonly string[]) {
  const args = { accountIds: accountIds.join(), fields: leadFields };
  const rows = accountIds.length > 0 ? await askMarketo(context, 'leads', args) : [];
  const byAccount = Map.groupBy(rows.map(readPerson), ({ accountId }) => accountId);
  return (accountId: string | null): Person[] => (accountId && byAccount.get(accountId)) || [];
}

/** A moment's program is known here by the name that the moment gives. */
const readPerson = ({ lastCampaignId, lastInterestingMomentDate, ...row }: Row) =>
  toPerson(
    {
      ...row,
      id: String(row.id),
      createdAt: toInstant(row.createdAt) ?? '',
      updatedAt: toInstant(row.updatedAt) ?? '',
      lastCampaignId: lastCampaignId && String(lastCampaignId),
      lastInterestingMomentDate: toInstant(lastInterestingMomentDate),
    },
    (name) => ({ id: '', name }),
  );

export async function activeCampaigns(context: MeshContext) {
  const rows = await askMarketo(context, 'programs', {});
  const now = new Date();
  const campaigns = rows.map((row) =>
    toCampaign(
      {
        ...row,
        id: String(row.id),
        name: row.name,
        createdAt: toInstant(row.createdAt),
        endDate: toInstant(row.endDate),
      },
      now,
    ),
  );
  return newestFirst(campaigns.filter(({ active }) => active))
    .slice(0, 50)
    .map(({ id, name, channel, status }) => ({ campaignId: id, name, channel, status }));
}

/** Of one form, so that instants compare as text; assets write the zone twice. */
const toInstant = (text: string | null | undefined) =>
  text ? new Date(text.replace(/Z\+0000$/, 'Z')).toISOString() : null;
