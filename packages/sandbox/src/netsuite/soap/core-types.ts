import type { Schema, TypeDefinition } from './xsd.ts';

const type = (name: string, ...members: string[]): TypeDefinition => ({ name, members });
const abstract = (name: string, base?: string): TypeDefinition => ({
  name,
  abstract: true,
  members: [],
  ...(base ? { base } : {}),
});

/** Criteria: their values and, but for booleans, an operator. */
const searchField = (kind: string, ...values: string[]) =>
  type(`Search${kind}Field`, ...values, ...(kind === 'Boolean' ? [] : ['@operator xsd:string']));

const columnField = (kind: string, value: string): TypeDefinition => ({
  name: `SearchColumn${kind}Field`,
  base: 'platformCore:SearchColumnField',
  members: [`searchValue ${value}`],
});

export const core: Schema = {
  prefix: 'platformCore',
  types: [
    abstract('Record'),
    { name: 'BaseRef', abstract: true, members: ['name xsd:string'] },
    {
      name: 'RecordRef',
      base: 'platformCore:BaseRef',
      members: ['@internalId xsd:string', '@externalId xsd:string', '@type xsd:string'],
    },
    type('RecordRefList', 'recordRef platformCore:RecordRef*'),
    type('StatusDetail', 'code xsd:string', 'message xsd:string', '@type xsd:string'),
    type('Status', 'statusDetail platformCore:StatusDetail*', '@isSuccess xsd:boolean'),
    { name: 'TokenPassportSignature', text: true, members: ['@algorithm xsd:string'] },
    type(
      'TokenPassport',
      'account xsd:string',
      'consumerKey xsd:string',
      'token xsd:string',
      'nonce xsd:string',
      'timestamp xsd:long',
      'signature platformCore:TokenPassportSignature',
    ),
    abstract('SearchRecord'),
    abstract('SearchRecordBasic', 'platformCore:SearchRecord'),
    abstract('SearchRow'),
    abstract('SearchRowBasic'),
    searchField('String', 'searchValue xsd:string'),
    searchField('MultiSelect', 'searchValue platformCore:RecordRef*'),
    searchField('EnumMultiSelect', 'searchValue xsd:string*'),
    searchField('Date', 'predefinedSearchValue xsd:string', 'searchValue xsd:dateTime', 'searchValue2 xsd:dateTime'),
    searchField('Long', 'searchValue xsd:long', 'searchValue2 xsd:long'),
    searchField('Double', 'searchValue xsd:double', 'searchValue2 xsd:double'),
    searchField('Boolean', 'searchValue xsd:boolean'),
    { name: 'SearchColumnField', abstract: true, members: ['customLabel xsd:string'] },
    columnField('String', 'xsd:string'),
    columnField('Select', 'platformCore:RecordRef'),
    columnField('EnumSelect', 'xsd:string'),
    columnField('Date', 'xsd:dateTime'),
    columnField('Long', 'xsd:long'),
    columnField('Double', 'xsd:double'),
    columnField('Boolean', 'xsd:boolean'),
    type('RecordList', 'record platformCore:Record*'),
    type('SearchRowList', 'searchRow platformCore:SearchRow*'),
    type(
      'SearchResult',
      'status platformCore:Status',
      'totalRecords xsd:int',
      'pageSize xsd:int',
      'totalPages xsd:int',
      'pageIndex xsd:int',
      'searchId xsd:string',
      'recordList platformCore:RecordList',
      'searchRowList platformCore:SearchRowList',
    ),
    type('GetServerTimeResult', 'status platformCore:Status', 'serverTime xsd:dateTime'),
    type('PostingTransactionSummaryField', 'period xsd:boolean', 'account xsd:boolean', 'subsidiary xsd:boolean'),
    type(
      'PostingTransactionSummaryFilter',
      'period platformCore:RecordRefList',
      'account platformCore:RecordRefList',
      'subsidiary platformCore:RecordRefList',
    ),
    type(
      'PostingTransactionSummary',
      'period platformCore:RecordRef',
      'account platformCore:RecordRef',
      'subsidiary platformCore:RecordRef',
      'amount xsd:double',
    ),
    type('PostingTransactionSummaryList', 'postingTransactionSummary platformCore:PostingTransactionSummary*'),
    type(
      'GetPostingTransactionSummaryResult',
      'status platformCore:Status',
      'totalRecords xsd:int',
      'pageSize xsd:int',
      'totalPages xsd:int',
      'pageIndex xsd:int',
      'operationId xsd:string',
      'postingTransactionSummaryList platformCore:PostingTransactionSummaryList',
    ),
  ],
  elements: [
    'status platformCore:Status',
    'searchResult platformCore:SearchResult',
    'getServerTimeResult platformCore:GetServerTimeResult',
    'getPostingTransactionSummaryResult platformCore:GetPostingTransactionSummaryResult',
  ],
};
