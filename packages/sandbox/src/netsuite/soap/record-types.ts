import type { CriterionKind, SearchDefinition, SearchName } from './criteria.ts';
import { searchDefinitions } from './criteria.ts';
import type { FieldKind } from './fields.ts';
import { recordDefinitions } from './fields.ts';
import type { Prefix } from './namespaces.ts';
import { rowPrefixes } from './rows.ts';
import type { Schema, TypeDefinition } from './xsd.ts';

const fieldTypes: Record<FieldKind, string> = {
  string: 'xsd:string',
  double: 'xsd:double',
  long: 'xsd:long',
  boolean: 'xsd:boolean',
  date: 'xsd:dateTime',
  dateTime: 'xsd:dateTime',
  reference: 'platformCore:RecordRef',
  status: 'xsd:string',
  accountType: 'xsd:string',
};

const criterionTypes: Record<CriterionKind, readonly [criterion: string, column: string]> = {
  string: ['String', 'String'],
  select: ['MultiSelect', 'Select'],
  external: ['MultiSelect', 'Select'],
  enum: ['EnumMultiSelect', 'EnumSelect'],
  date: ['Date', 'Date'],
  day: ['Date', 'Date'],
  long: ['Long', 'Long'],
  double: ['Double', 'Double'],
  boolean: ['Boolean', 'Boolean'],
};

const lineMembers = [
  'item platformCore:RecordRef',
  'line xsd:long',
  'description xsd:string',
  'amount xsd:double',
  'quantity xsd:double',
  'rate xsd:string',
];

function recordTypes(prefix: Prefix): TypeDefinition[] {
  return recordDefinitions
    .filter((definition) => definition.prefix === prefix)
    .flatMap(({ name, fields }) => {
      const hasLines = prefix === 'tranSales';
      const members = [
        ...fields.map((field) => `${field.name} ${fieldTypes[field.kind]}`),
        ...(hasLines ? [`itemList ${prefix}:${name}ItemList`] : []),
        '@internalId xsd:string',
        '@externalId xsd:string',
      ];
      const lines = [
        { name: `${name}Item`, members: lineMembers },
        { name: `${name}ItemList`, members: [`item ${prefix}:${name}Item*`] },
      ];
      return [{ name, base: 'platformCore:Record', members }, ...(hasLines ? lines : [])];
    });
}

function searchTypes(name: SearchName): TypeDefinition[] {
  const prefix = rowPrefixes[name];
  const join = (suffix: string) =>
    name === 'Transaction' ? [`customerJoin platformCommon:CustomerSearch${suffix}`] : [];
  return [
    {
      name: `${name}Search`,
      base: 'platformCore:SearchRecord',
      members: [`basic platformCommon:${name}SearchBasic`, ...join('Basic')],
    },
    {
      name: `${name}SearchAdvanced`,
      base: 'platformCore:SearchRecord',
      members: [
        `criteria ${prefix}:${name}Search`,
        `columns ${prefix}:${name}SearchRow`,
        '@savedSearchId xsd:string',
        '@savedSearchScriptId xsd:string',
      ],
    },
    {
      name: `${name}SearchRow`,
      base: 'platformCore:SearchRow',
      members: [`basic platformCommon:${name}SearchRowBasic`, ...join('RowBasic')],
    },
  ];
}

function basicTypes({ name, fields }: SearchDefinition): TypeDefinition[] {
  const names = Object.keys(fields).sort();
  const kindOf = (field: string) => criterionTypes[fields[field]?.kind ?? 'string'];
  return [
    {
      name: `${name}SearchBasic`,
      base: 'platformCore:SearchRecordBasic',
      members: names.map((field) => `${field} platformCore:Search${kindOf(field)[0]}Field`),
    },
    {
      name: `${name}SearchRowBasic`,
      base: 'platformCore:SearchRowBasic',
      members: names.map((field) => `${field} platformCore:SearchColumn${kindOf(field)[1]}Field*`),
    },
  ];
}

/** The record and search schemas, made from the same lists that answers are written from. */
export const recordSchemas: Schema[] = [
  { prefix: 'platformCommon', types: Object.values(searchDefinitions).flatMap(basicTypes) },
  { prefix: 'listRel', types: [...recordTypes('listRel'), ...searchTypes('Customer')] },
  {
    prefix: 'listAcct',
    types: [...recordTypes('listAcct'), ...searchTypes('Account'), ...searchTypes('AccountingPeriod')],
  },
  { prefix: 'tranSales', types: [...recordTypes('tranSales'), ...searchTypes('Transaction')] },
  { prefix: 'tranCust', types: recordTypes('tranCust') },
];
