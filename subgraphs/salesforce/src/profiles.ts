import { UpstreamError } from '@customer360/kit/errors';
import { readFirst } from '@customer360/kit/page';
import { readSalesforceId } from '@customer360/kit/salesforce-id';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from './context.ts';
import { fieldsAhead } from './look-ahead.ts';
import type { Profile } from './parents.ts';

export interface OpportunityArguments {
  isClosed?: boolean | null;
  first?: number | null;
}
export interface TicketArguments {
  first?: number | null;
}

export const readOpportunities = (accountId: string, { isClosed, first }: OpportunityArguments, { source }: Context) =>
  source.opportunitiesOf(accountId, { isClosed: isClosed ?? null, first: readFirst(first, 50) });

export const readTickets = (accountId: string, { first }: TicketArguments, { source }: Context) =>
  source.openTicketsOf(accountId, readFirst(first, 20));

/**
 * A customer by id, null when there is none. What its fields will need is started here, in the same tick as the
 * account, so that all of it is one vendor call; an account that could not be read is left to the fields to report.
 */
export async function loadProfile(
  id: string,
  argument: string,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Profile | null> {
  const accountId = readSalesforceId(id, argument);
  const account = context.source.account(accountId);
  for (const field of fieldsAhead(info, 'CustomerProfile')) startRead(accountId, field, context);
  const profile: Profile = { accountId, account: () => context.source.account(accountId) };
  try {
    return (await account) ? profile : null;
  } catch (error) {
    if (error instanceof UpstreamError) return profile;
    throw error;
  }
}

/** The loaders keep what was started; a failure is reported by the field that asked. */
function startRead(
  accountId: string,
  field: { name: string; arguments: OpportunityArguments & TicketArguments },
  context: Context,
) {
  const ignore = () => undefined;
  try {
    if (field.name === 'opportunities') readOpportunities(accountId, field.arguments, context).catch(ignore);
    if (field.name === 'openTickets') readTickets(accountId, field.arguments, context).catch(ignore);
  } catch {
    // A bad argument: the field itself refuses it.
  }
}
