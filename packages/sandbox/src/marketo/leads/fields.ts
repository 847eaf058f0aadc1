import type { DescribedField } from '../fields.ts';
import { describer, readOnly } from '../fields.ts';

export interface LeadField extends DescribedField {
  id: number;
  /** Belongs to the company record, once the person has one. */
  ofCompany?: true;
}

const lead = describer('l');
const companyOf = (column: string, own: string) =>
  `coalesce((SELECT y.${column} FROM mk_company y WHERE y.external_id = l.external_company_id), l.${own})`;
const searchable = true;
const numbered = (id: number, field: DescribedField, more: Partial<LeadField> = {}): LeadField => ({
  id,
  ...field,
  ...more,
});

/** A field that the instance has and nothing fills. */
const unknown = (name: string, more: Partial<DescribedField> = {}) =>
  readOnly(lead(name, name, null, { sql: 'NULL', ...more }));
const acquiredAt = `(SELECT m.joined_at FROM mk_member m
  WHERE m.lead_id = l.id AND m.program_id = l.acquisition_program_id AND m.acquired_by = 1 LIMIT 1)`;

/** The lead fields this instance has. The last two are its own: flow steps stamp them when a person joins a program. */
export const leadFields: readonly LeadField[] = [
  numbered(48, readOnly(lead('id', 'Id', 'id', { dataType: 'integer', searchable }))),
  numbered(51, lead('email', 'Email Address', 'email', { dataType: 'email', searchable })),
  numbered(46, lead('firstName', 'First Name', 'first_name')),
  numbered(47, lead('lastName', 'Last Name', 'last_name')),
  numbered(49, lead('title', 'Job Title', 'title')),
  numbered(52, lead('phone', 'Phone Number', 'phone', { dataType: 'phone' })),
  numbered(53, lead('mobilePhone', 'Mobile Phone Number', 'mobile_phone', { dataType: 'phone' })),
  numbered(2, lead('company', 'Company Name', 'company', { sql: companyOf('name', 'company') }), { ofCompany: true }),
  numbered(3, lead('website', 'Website', 'website', { dataType: 'url', sql: companyOf('website', 'website') }), {
    ofCompany: true,
  }),
  numbered(4, lead('industry', 'Industry', 'industry', { sql: companyOf('industry', 'industry') }), {
    ofCompany: true,
  }),
  numbered(5, lead('city', 'City', 'city')),
  numbered(6, lead('state', 'State', 'state')),
  numbered(7, lead('country', 'Country', 'country')),
  numbered(8, lead('postalCode', 'Postal Code', 'postal_code')),
  numbered(35, lead('leadStatus', 'Person Status', 'lead_status')),
  numbered(36, lead('leadSource', 'Person Source', 'lead_source')),
  numbered(38, lead('leadScore', 'Person Score', 'lead_score', { dataType: 'score' })),
  numbered(58, lead('unsubscribed', 'Unsubscribed', 'unsubscribed', { dataType: 'boolean' })),
  numbered(
    60,
    readOnly(lead('acquisitionProgramId', 'Acquisition Program Id', 'acquisition_program_id', { dataType: 'integer' })),
  ),
  numbered(62, lead('externalCompanyId', 'External Company Id', 'external_company_id', { length: 100, searchable })),
  numbered(63, readOnly(lead('cookies', 'Cookies', 'cookie', { searchable }))),
  numbered(
    64,
    readOnly(lead('leadPartitionId', 'Lead Partition Id', null, { dataType: 'integer', sql: '1', searchable })),
  ),
  numbered(70, readOnly(lead('sfdcAccountId', 'SFDC Account Id', 'sf_account_id', { searchable }))),
  numbered(71, readOnly(lead('sfdcContactId', 'SFDC Contact Id', 'sf_contact_id', { searchable }))),
  numbered(72, readOnly(lead('sfdcId', 'SFDC Id', 'sf_contact_id', { searchable }))),
  ...['facebookId', 'linkedInId', 'twitterId'].map((name, index) =>
    numbered(65 + index, unknown(name, { searchable })),
  ),
  // Salesforce holds contacts only, so nobody here is a Salesforce lead.
  numbered(73, readOnly(lead('sfdcLeadId', 'SFDC Lead Id', null, { sql: 'NULL', searchable }))),
  numbered(80, readOnly(lead('lastInterestingMomentType', 'Last Interesting Moment Type', 'last_moment_type'))),
  numbered(
    81,
    readOnly(
      lead('lastInterestingMomentDate', 'Last Interesting Moment Date', 'last_moment_date', { dataType: 'datetime' }),
    ),
  ),
  numbered(82, readOnly(lead('lastInterestingMomentDesc', 'Last Interesting Moment Desc', 'last_moment_desc'))),
  numbered(83, readOnly(lead('lastInterestingMomentSource', 'Last Interesting Moment Source', 'last_moment_source'))),
  numbered(
    84,
    readOnly(lead('mktoAcquisitionDate', 'Acquisition Date', null, { dataType: 'datetime', sql: acquiredAt })),
  ),
  ...['originalSourceType', 'originalSourceInfo'].map((name, index) => numbered(85 + index, unknown(name))),
  ...['relativeScore', 'urgency', 'priority'].map((name, index) =>
    numbered(87 + index, unknown(name, { dataType: name === 'urgency' ? 'percent' : 'integer' })),
  ),
  numbered(90, readOnly(lead('createdAt', 'Created At', 'created_at', { dataType: 'datetime' }))),
  numbered(91, readOnly(lead('updatedAt', 'Updated At', 'updated_at', { dataType: 'datetime' }))),
  numbered(1201, lead('lastCampaignId', 'Last Campaign Id', 'last_program_id', { dataType: 'integer', searchable })),
  numbered(1202, lead('lastCampaignName', 'Last Campaign Name', 'last_program_name', { searchable })),
];
