import type { DescribedField } from '../fields.ts';
import { companyFields, opportunityFields, roleFields } from './fields.ts';

/** One kind of CRM record: where it lives, its keys, and what a call without `fields` gets. */
export interface Kind {
  /** As describe names it. */
  name: string;
  displayName: string;
  pluralName: string;
  description: string;
  table: string;
  alias: string;
  fields: readonly DescribedField[];
  standard: readonly string[];
  /** The key that Marketo gives, and its column. */
  idField: string;
  idColumn: string;
  /** The key that callers give. */
  dedupe: readonly string[];
  /** Fields that a new record cannot be without. */
  required: readonly string[];
}

export const opportunity: Kind = {
  name: 'opportunity',
  displayName: 'Opportunity',
  pluralName: 'Opportunities',
  description: 'Opportunity object',
  table: 'mk_opportunity',
  alias: 'o',
  fields: opportunityFields,
  standard: ['marketoGUID', 'externalOpportunityId', 'createdAt', 'updatedAt'],
  idField: 'marketoGUID',
  idColumn: 'guid',
  dedupe: ['externalOpportunityId'],
  required: ['name'],
};

export const role: Kind = {
  name: 'opportunityRole',
  displayName: 'Opportunity Role',
  pluralName: 'Opportunity Roles',
  description: 'Opportunity Role object',
  table: 'mk_role',
  alias: 'r',
  fields: roleFields,
  standard: ['marketoGUID', 'externalOpportunityId', 'leadId', 'role', 'createdAt', 'updatedAt'],
  idField: 'marketoGUID',
  idColumn: 'guid',
  dedupe: ['externalOpportunityId', 'leadId', 'role'],
  required: [],
};

export const company: Kind = {
  name: 'Company',
  displayName: 'Company',
  pluralName: 'Companies',
  description: 'Company object',
  table: 'mk_company',
  alias: 'c',
  fields: companyFields,
  standard: ['id', 'externalCompanyId', 'createdAt', 'updatedAt'],
  idField: 'id',
  idColumn: 'id',
  dedupe: ['externalCompanyId'],
  required: [],
};
