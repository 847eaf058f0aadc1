import { Refusal } from './answers.ts';

/** One field of a Marketo record type, and the expression that reads it. */
export interface Field {
  name: string;
  sql: string;
  boolean?: true;
  searchable?: true;
}

export interface LeadField extends Field {
  id: number;
  displayName: string;
  dataType: 'integer' | 'string' | 'email' | 'datetime' | 'boolean' | 'score';
  length?: number;
  readOnly: boolean;
}

const string = (id: number, name: string, displayName: string, sql: string, rest: Partial<LeadField> = {}) =>
  ({ id, name, displayName, dataType: 'string', length: 255, readOnly: false, sql, ...rest }) satisfies LeadField;
const readOnly = (id: number, name: string, displayName: string, sql: string, rest: Partial<LeadField>): LeadField => ({
  id,
  name,
  displayName,
  dataType: 'string',
  readOnly: true,
  sql,
  ...rest,
});

/** The lead fields this instance has. The last two are its own: flow steps stamp them when a person joins a program. */
export const leadFields: readonly LeadField[] = [
  readOnly(48, 'id', 'Id', 'l.id', { dataType: 'integer', searchable: true }),
  string(51, 'email', 'Email Address', 'l.email', { dataType: 'email', searchable: true }),
  string(46, 'firstName', 'First Name', 'l.first_name'),
  string(47, 'lastName', 'Last Name', 'l.last_name'),
  string(2, 'company', 'Company Name', 'l.company'),
  string(36, 'leadSource', 'Person Source', 'l.lead_source'),
  string(38, 'leadScore', 'Person Score', 'l.lead_score', { dataType: 'score' }),
  string(58, 'unsubscribed', 'Unsubscribed', 'l.unsubscribed', { dataType: 'boolean', boolean: true }),
  readOnly(60, 'acquisitionProgramId', 'Acquisition Program Id', 'l.acquisition_program_id', { dataType: 'integer' }),
  readOnly(70, 'sfdcAccountId', 'SFDC Account Id', 'l.sf_account_id', { searchable: true }),
  readOnly(71, 'sfdcContactId', 'SFDC Contact Id', 'l.sf_contact_id', { searchable: true }),
  readOnly(72, 'sfdcId', 'SFDC Id', 'l.sf_contact_id', { searchable: true }),
  readOnly(80, 'lastInterestingMomentType', 'Last Interesting Moment Type', 'l.last_moment_type', {}),
  readOnly(81, 'lastInterestingMomentDate', 'Last Interesting Moment Date', 'l.last_moment_date', {
    dataType: 'datetime',
  }),
  readOnly(82, 'lastInterestingMomentDesc', 'Last Interesting Moment Desc', 'l.last_moment_desc', {}),
  readOnly(83, 'lastInterestingMomentSource', 'Last Interesting Moment Source', 'l.last_moment_source', {}),
  readOnly(90, 'createdAt', 'Created At', 'l.created_at', { dataType: 'datetime' }),
  readOnly(91, 'updatedAt', 'Updated At', 'l.updated_at', { dataType: 'datetime' }),
  string(1201, 'lastCampaignId', 'Last Campaign Id', 'l.last_program_id', { dataType: 'integer', searchable: true }),
  string(1202, 'lastCampaignName', 'Last Campaign Name', 'l.last_program_name', { searchable: true }),
];

export const memberFields: readonly Field[] = [
  { name: 'leadId', sql: 'm.lead_id', searchable: true },
  { name: 'programId', sql: 'm.program_id' },
  { name: 'statusName', sql: 'm.status', searchable: true },
  { name: 'reachedSuccess', sql: 'm.reached_success', boolean: true, searchable: true },
  { name: 'reachedSuccessDate', sql: 'm.reached_success_at' },
  { name: 'acquiredBy', sql: 'm.acquired_by', boolean: true },
  { name: 'membershipDate', sql: 'm.joined_at' },
  { name: 'updatedAt', sql: 'm.updated_at', searchable: true },
];

export const opportunityFields: readonly Field[] = [
  { name: 'marketoGUID', sql: 'o.guid', searchable: true },
  { name: 'externalOpportunityId', sql: 'o.external_id', searchable: true },
  { name: 'name', sql: 'o.name' },
  { name: 'amount', sql: "printf('%d.%02d', o.amount / 100, o.amount % 100)" },
  { name: 'stage', sql: 'o.stage' },
  { name: 'isClosed', sql: 'o.is_closed', boolean: true },
  { name: 'isWon', sql: 'o.is_won', boolean: true },
  { name: 'closeDate', sql: 'o.close_date' },
  { name: 'externalCreatedDate', sql: 'o.created_at' },
  { name: 'createdAt', sql: 'o.created_at' },
  { name: 'updatedAt', sql: 'o.updated_at' },
];

export const roleFields: readonly Field[] = [
  { name: 'marketoGUID', sql: 'r.guid', searchable: true },
  { name: 'externalOpportunityId', sql: 'r.external_opportunity_id', searchable: true },
  { name: 'leadId', sql: 'r.lead_id', searchable: true },
  { name: 'role', sql: 'r.role' },
  { name: 'isPrimary', sql: 'r.is_primary', boolean: true },
  { name: 'createdAt', sql: 'r.created_at' },
  { name: 'updatedAt', sql: 'r.created_at' },
];

/** The fields of a call, each once, in the order asked for. */
export function chooseFields<F extends Field>(all: readonly F[], asked: string[], standard: readonly string[]): F[] {
  const names = new Set(asked.length > 0 ? asked : standard);
  return [...names].map((name) => {
    const field = all.find((candidate) => candidate.name === name);
    if (!field) throw new Refusal('1006', `Field '${name}' not found`);
    return field;
  });
}

/** The field that a filter names. */
export function chooseFilter<F extends Field>(all: readonly F[], name: string): F {
  const field = all.find((candidate) => candidate.name === name);
  if (!field) throw new Refusal('1006', `Lookup field '${name}' not found`);
  if (!field.searchable) throw new Refusal('1011', `Lookup field '${name}' not supported`);
  return field;
}

export const maxFilterValues = 300;

export function filterValues(values: string[]): string[] {
  if (values.length === 0) throw new Refusal('1002', "Missing value for required parameter 'filterValues'");
  if (values.length > maxFilterValues) {
    throw new Refusal('1003', `filterValues has ${values.length} values, at most ${maxFilterValues} are allowed`);
  }
  return values;
}
