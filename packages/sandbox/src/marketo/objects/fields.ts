import type { DescribedField } from '../fields.ts';
import { describer, readOnly } from '../fields.ts';

const searchable = true;
const money = (column: string) =>
  `printf('%s%d.%02d', iif(${column} < 0, '-', ''), abs(${column}) / 100, abs(${column}) % 100)`;
const opportunity = describer('o');
const amount = (column: string) => ({
  dataType: 'currency' as const,
  sql: `iif(o.${column} IS NULL, NULL, ${money(`o.${column}`)})`,
});

export const opportunityFields: readonly DescribedField[] = [
  readOnly(opportunity('marketoGUID', 'Marketo GUID', 'guid', { length: 36, searchable })),
  opportunity('externalOpportunityId', 'External Opportunity Id', 'external_id', { length: 50, searchable }),
  opportunity('name', 'Name', 'name'),
  opportunity('description', 'Description', 'description', { length: 2000 }),
  opportunity('type', 'Type', 'type'),
  opportunity('source', 'Source', 'source'),
  opportunity('amount', 'Amount', 'amount', amount('amount')),
  opportunity('expectedRevenue', 'Expected Revenue', 'expected_revenue', amount('expected_revenue')),
  opportunity('probability', 'Probability', 'probability', { dataType: 'percent' }),
  opportunity('stage', 'Stage', 'stage'),
  opportunity('isClosed', 'Is Closed', 'is_closed', { dataType: 'boolean' }),
  opportunity('isWon', 'Is Won', 'is_won', { dataType: 'boolean' }),
  opportunity('closeDate', 'Close Date', 'close_date', { dataType: 'date' }),
  opportunity('externalCompanyId', 'External Company Id', 'external_company_id', { length: 100 }),
  opportunity('externalCreatedDate', 'External Created Date', 'external_created_at', { dataType: 'datetime' }),
  readOnly(opportunity('createdAt', 'Created At', 'created_at', { dataType: 'datetime' })),
  readOnly(opportunity('updatedAt', 'Updated At', 'updated_at', { dataType: 'datetime' })),
];

const role = describer('r');

export const roleFields: readonly DescribedField[] = [
  readOnly(role('marketoGUID', 'Marketo GUID', 'guid', { length: 36, searchable })),
  role('externalOpportunityId', 'External Opportunity Id', 'external_opportunity_id', { length: 50, searchable }),
  role('leadId', 'Lead Id', 'lead_id', { dataType: 'integer', searchable }),
  role('role', 'Role', 'role', { length: 50 }),
  role('isPrimary', 'Is Primary', 'is_primary', { dataType: 'boolean' }),
  role('externalCreatedDate', 'External Created Date', 'external_created_at', { dataType: 'datetime' }),
  readOnly(role('createdAt', 'Created At', 'created_at', { dataType: 'datetime' })),
  readOnly(
    role('updatedAt', 'Updated At', 'updated_at', {
      dataType: 'datetime',
      sql: 'coalesce(r.updated_at, r.created_at)',
    }),
  ),
];

const company = describer('c');

export const companyFields: readonly DescribedField[] = [
  readOnly(company('id', 'Id', 'id', { dataType: 'integer', searchable })),
  company('externalCompanyId', 'External Company Id', 'external_id', { length: 100, searchable }),
  company('company', 'Company Name', 'name', { searchable }),
  company('industry', 'Industry', 'industry'),
  company('website', 'Website', 'website', { dataType: 'url' }),
  company('mainPhone', 'Main Phone', 'main_phone', { dataType: 'phone' }),
  company('annualRevenue', 'Annual Revenue', 'annual_revenue', {
    dataType: 'currency',
    sql: 'c.annual_revenue / 100.0',
  }),
  company('numberOfEmployees', 'Num Employees', 'number_of_employees', { dataType: 'integer' }),
  company('billingCity', 'Billing City', 'billing_city'),
  company('billingCountry', 'Billing Country', 'billing_country'),
  readOnly(company('createdAt', 'Created At', 'created_at', { dataType: 'datetime' })),
  readOnly(company('updatedAt', 'Updated At', 'updated_at', { dataType: 'datetime' })),
];
