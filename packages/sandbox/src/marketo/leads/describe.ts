import type { Answer } from '../answers.ts';
import { Refusal } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';
import { describeFields } from '../schema.ts';
import { leadFields } from './fields.ts';

/** The fields that only this instance has begin here. */
const firstCustomId = 1000;

export const leadDescribeRoutes: readonly Route[] = [
  { path: '/rest/v1/leads/describe.json', operation: 'leads:describe', answer: describeLead },
  { path: '/rest/v1/leads/describe2.json', operation: 'leads:describe', answer: describeLead2 },
  { path: '/rest/v1/leads/schema/fields.json', operation: 'leads:schema', answer: schema },
  { path: '/rest/v1/leads/schema/fields/{id}.json', operation: 'leads:schema', answer: schemaField },
  { path: '/rest/v1/leads/partitions.json', operation: 'leads:partitions', answer: partitions },
];

function describeLead(): Answer {
  const result = leadFields.map(({ id, name, displayName, dataType, length, column }) => ({
    id,
    displayName,
    dataType,
    ...(length !== undefined && { length }),
    rest: { name, readOnly: column === undefined },
  }));
  return { result };
}

function describeLead2(): Answer {
  const searchableFields = leadFields.filter((field) => field.searchable).map((field) => [field.name]);
  return { result: [{ name: 'API Lead', searchableFields, fields: describeFields(leadFields) }] };
}

const schemaFields = leadFields.map(({ id, name, displayName, dataType, length }) => ({
  displayName,
  name,
  description: '',
  dataType,
  ...(length !== undefined && { length }),
  isHidden: false,
  isHtmlEncodingInEmail: length !== undefined,
  isSensitive: false,
  isCustom: id > firstCustomId,
  isApiCreated: false,
}));

function schema(): Answer {
  return { result: schemaFields, moreResult: false };
}

function schemaField(_: Desk, __: Parameters, name: string): Answer {
  const result = schemaFields.filter((field) => field.name === name);
  if (result.length === 0) throw new Refusal('1006', `Field '${name}' not found`);
  return { result };
}

function partitions(): Answer {
  return { result: [{ id: 1, name: 'Default', description: 'Initial system lead partition' }] };
}
