import { UserInputError } from '@customer360/kit/errors';

/** One question to Marketo, before it becomes HTTP. */
export interface Question {
  path: string;
  parameters: Record<string, string>;
}

export const maxFilterValues = 300;
export const maxAssets = 200;

/**
 * A list of filter values as Marketo reads it. A comma separates values and nothing escapes one, so a value that
 * holds a comma cannot be asked for and must not become two.
 *
 * @throws {UserInputError}
 */
export function filterValues(values: readonly string[]): string {
  if (values.length === 0 || values.length > maxFilterValues) {
    throw new UserInputError(`A filter takes from 1 to ${maxFilterValues} values.`);
  }
  for (const value of values) {
    if (value === '' || value !== value.trim() || hasSeparator(value)) {
      throw new UserInputError('A value with a comma, a control character or outer blanks cannot be looked up.');
    }
  }
  return values.join(',');
}

function hasSeparator(value: string): boolean {
  return [...value].some((letter) => letter === ',' || letter < ' ' || letter === '\u007f');
}

export const leadFields = [
  'id',
  'email',
  'leadSource',
  'leadScore',
  'createdAt',
  'updatedAt',
  'sfdcAccountId',
  'lastInterestingMomentType',
  'lastInterestingMomentDate',
  'lastInterestingMomentDesc',
  'lastInterestingMomentSource',
  'lastCampaignId',
  'lastCampaignName',
] as const;

export function leadsBy(filterType: 'id' | 'sfdcAccountId', values: readonly string[]): Question {
  return {
    path: '/rest/v1/leads.json',
    parameters: { filterType, filterValues: filterValues(values), fields: leadFields.join(), batchSize: '300' },
  };
}

export function programsPage(offset: number): Question {
  return {
    path: '/rest/asset/v1/programs.json',
    parameters: { maxReturn: String(maxAssets), ...(offset > 0 && { offset: String(offset) }) },
  };
}

export function programsById(ids: readonly string[]): Question {
  return {
    path: '/rest/asset/v1/programs.json',
    parameters: { maxReturn: String(maxAssets), filterType: 'id', filterValues: filterValues(ids) },
  };
}

/** The only call that tells a program's costs. */
export function programWithCosts(id: string): Question {
  return { path: `/rest/asset/v1/program/${encodeURIComponent(id)}.json`, parameters: {} };
}

export function membersOf(programId: string): Question {
  return {
    path: `/rest/v1/programs/${encodeURIComponent(programId)}/members.json`,
    parameters: {
      filterType: 'reachedSuccess',
      filterValues: 'true,false',
      fields: 'leadId,reachedSuccess,reachedSuccessDate,acquiredBy,membershipDate',
      batchSize: '300',
    },
  };
}

export function rolesOf(leadIds: readonly string[]): Question {
  return {
    path: '/rest/v1/opportunities/roles.json',
    parameters: {
      filterType: 'leadId',
      filterValues: filterValues(leadIds),
      fields: 'externalOpportunityId,leadId',
      batchSize: '300',
    },
  };
}

export function opportunitiesBy(externalIds: readonly string[]): Question {
  return {
    path: '/rest/v1/opportunities.json',
    parameters: {
      filterType: 'externalOpportunityId',
      filterValues: filterValues(externalIds),
      fields: 'externalOpportunityId,amount,isWon,closeDate',
      batchSize: '300',
    },
  };
}

const longestQuery = 2000;

/** A short question travels as GET; a long one as a form, because an address is limited to 8 KB. */
export function toCall(baseUrl: string, { path, parameters }: Question) {
  const query = new URLSearchParams(parameters).toString();
  if (query.length <= longestQuery) {
    return { method: 'GET' as const, url: `${baseUrl}${path}${query && `?${query}`}`, headers: {} };
  }
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST' as const, url: `${baseUrl}${path}?_method=GET`, headers, body: query };
}
