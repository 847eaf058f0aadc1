import { toFloat, toMoney } from '@customer360/kit/decimal';
import { readSalesforceId } from '@customer360/kit/salesforce-id';
import type { GraphQLResolveInfo } from 'graphql';
import { printCursor } from '../arguments.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { fieldsAhead } from '../look-ahead.ts';
import type { Profile } from '../parents.ts';
import { loadProfile } from '../profiles.ts';
import type { CaseRecord, OpportunityRecord } from '../records.ts';

const priorities = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

/** The customer of a record; id and name came with the record, only other fields cost a read. */
function customerOf(
  { AccountId, Account }: OpportunityRecord | CaseRecord,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Profile | null> | Profile | null {
  if (!AccountId) return null;
  const more = fieldsAhead(info, 'CustomerProfile').some(({ name }) => name !== 'accountId' && name !== 'name');
  if (more || !Account?.Name) return loadProfile(AccountId, 'accountId', context, info);
  return { accountId: AccountId, name: Account.Name, account: () => context.source.account(AccountId) };
}

const opportunityFields = {
  name: ({ Name }: OpportunityRecord) => Name,
  accountId: ({ AccountId }: OpportunityRecord) => AccountId ?? null,
  accountName: ({ Account }: OpportunityRecord) => Account?.Name ?? '(no account)',
  stage: ({ StageName }: OpportunityRecord) => StageName,
  amount: ({ Amount }: OpportunityRecord) => Amount ?? null,
  value: ({ Amount }: OpportunityRecord, _: object, { currency }: Context) =>
    Amount == null ? null : toMoney(Amount, currency),
  probability: ({ Probability }: OpportunityRecord) => Probability ?? 0,
  closeDate: ({ CloseDate }: OpportunityRecord) => CloseDate,
  isClosed: ({ IsClosed }: OpportunityRecord) => IsClosed,
};

export const dealResolvers: Pick<
  Resolvers,
  'Deal' | 'Opportunity' | 'DealConnection' | 'SupportTicket' | 'DashboardData'
> = {
  Deal: {
    ...opportunityFields,
    __resolveReference: ({ opportunityId }, { source }) =>
      source.opportunity(readSalesforceId(opportunityId, 'opportunityId')),
    opportunityId: ({ Id }) => Id,
    ownerName: ({ Owner }) => Owner?.Name ?? null,
    account: (deal, _, context, info) => customerOf(deal, context, info),
    crmFreshness: ({ read }, _, { reads }) => reads.freshness([read]),
  },
  Opportunity: {
    ...opportunityFields,
    __resolveReference: ({ id }, { source }) => source.opportunity(readSalesforceId(id, 'id')),
    id: ({ Id }) => Id,
  },
  DealConnection: {
    edges: ({ deals, offset }) => deals.map((node, index) => ({ cursor: printCursor(offset + index), node })),
    nodes: ({ deals }) => deals,
    totalCount: async (page) => (await page.totals()).count,
    totalValue: async (page, _, { currency }) => toMoney((await page.totals()).amount, currency),
    freshness: ({ read }, _, { reads }) => (read ? reads.freshness([read]) : reads.none('SALESFORCE')),
    pageInfo: ({ deals, offset, hasNextPage }) => ({
      hasNextPage,
      hasPreviousPage: offset > 0,
      startCursor: deals.length > 0 ? printCursor(offset) : null,
      endCursor: deals.length > 0 ? printCursor(offset + deals.length - 1) : null,
    }),
  },
  SupportTicket: {
    __resolveReference: ({ ticketId }, { source }) => source.ticket(readSalesforceId(ticketId, 'ticketId')),
    ticketId: ({ Id }) => Id,
    number: ({ CaseNumber }) => CaseNumber,
    subject: ({ Subject }) => Subject ?? null,
    status: ({ Status }) => Status,
    priority: ({ Priority }) => priorities.find((priority) => priority === Priority?.toUpperCase()) ?? null,
    openedAt: ({ CreatedDate }) => CreatedDate,
    updatedAt: ({ LastModifiedDate }) => LastModifiedDate,
    account: (ticket, _, context, info) => customerOf(ticket, context, info),
  },
  DashboardData: {
    pipeline: async (dashboard, _, { currency }) =>
      (await dashboard.stages()).stages.map(({ stage, dealCount, total, weighted }) => ({
        stage,
        dealCount,
        totalAmount: toFloat(total),
        total: toMoney(total, currency),
        weightedAmount: toFloat(weighted),
      })),
    pipelineFreshness: async (dashboard, _, { reads }) => reads.freshness([(await dashboard.stages()).read]),
  },
};
