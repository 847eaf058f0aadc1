import type { CriterionKind, SearchDefinition, SearchField, SearchName } from './criteria.ts';
import { searchDefinitions } from './criteria.ts';
import type { FieldKind } from './fields.ts';
import { recordDefinitions } from './fields.ts';
import { searchJoins } from './joins.ts';
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
  orderStatus: 'xsd:string',
  accountType: 'xsd:string',
};

const criterionTypes: Record<CriterionKind, readonly [criterion: string, column: string]> = {
  string: ['String', 'String'],
  select: ['MultiSelect', 'Select'],
  external: ['MultiSelect', 'Select'],
  record: ['', 'Select'],
  enum: ['EnumMultiSelect', 'EnumSelect'],
  date: ['Date', 'Date'],
  day: ['Date', 'Date'],
  long: ['Long', 'Long'],
  double: ['Double', 'Double'],
  boolean: ['Boolean', 'Boolean'],
};

const lineTypes: Record<string, string> = {
  item: 'platformCore:RecordRef',
  line: 'xsd:long',
  description: 'xsd:string',
  amount: 'xsd:double',
  quantity: 'xsd:double',
  rate: 'xsd:string',
  apply: 'xsd:boolean',
  doc: 'xsd:long',
  applyDate: 'xsd:dateTime',
  type: 'xsd:string',
  refNum: 'xsd:string',
  total: 'xsd:double',
  due: 'xsd:double',
  currency: 'xsd:string',
};

function recordTypes(prefix: Prefix): TypeDefinition[] {
  return recordDefinitions
    .filter((definition) => definition.prefix === prefix)
    .flatMap(({ name, fields, items, applies }) => {
      const lists: [element: string, row: string, members: string[]][] = [
        ...(items ? [['item', 'Item', items] as [string, string, string[]]] : []),
        ...(applies ? [['apply', 'Apply', applies] as [string, string, string[]]] : []),
      ];
      const members = [
        ...fields.map((field) => `${field.name} ${fieldTypes[field.kind]}`),
        ...lists.map(([element, row]) => `${element}List ${prefix}:${name}${row}List`),
        '@internalId xsd:string',
        '@externalId xsd:string',
      ];
      const rows = lists.flatMap(([element, row, children]) => [
        { name: `${name}${row}`, members: children.map((child) => `${child} ${lineTypes[child]}`) },
        { name: `${name}${row}List`, members: [`${element} ${prefix}:${name}${row}*`, '@replaceAll xsd:boolean'] },
      ]);
      return [{ name, base: 'platformCore:Record', members }, ...rows];
    });
}

function searchTypes(name: SearchName): TypeDefinition[] {
  const prefix = rowPrefixes[name];
  const join = (suffix: string) =>
    Object.entries(searchJoins[name])
      .filter(([, { many }]) => suffix === 'Basic' || !many)
      .map(([member, { search }]) => `${member} platformCommon:${search}Search${suffix}`);
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
  const without = (only: SearchField['only']) => names.filter((field) => fields[field]?.only !== only);
  return [
    {
      name: `${name}SearchBasic`,
      base: 'platformCore:SearchRecordBasic',
      members: without('column').map((field) =>
        fields[field]?.kind === 'record'
          ? `${field} platformCore:RecordRef`
          : `${field} platformCore:Search${kindOf(field)[0]}Field`,
      ),
    },
    {
      name: `${name}SearchRowBasic`,
      base: 'platformCore:SearchRowBasic',
      members: without('criterion').map((field) => `${field} platformCore:SearchColumn${kindOf(field)[1]}Field*`),
    },
  ];
}

/** The record and search schemas, made from the same lists that answers are written from. */
export const recordSchemas: Schema[] = [
  { prefix: 'platformCommon', types: Object.values(searchDefinitions).flatMap(basicTypes) },
  { prefix: 'listRel', types: [...recordTypes('listRel'), ...searchTypes('Customer'), ...searchTypes('Vendor')] },
  {
    prefix: 'listAcct',
    types: [...recordTypes('listAcct'), ...searchTypes('Account'), ...searchTypes('AccountingPeriod')],
  },
  { prefix: 'tranSales', types: [...recordTypes('tranSales'), ...searchTypes('Transaction')] },
  { prefix: 'tranPurch', types: recordTypes('tranPurch') },
  { prefix: 'tranCust', types: recordTypes('tranCust') },
];
