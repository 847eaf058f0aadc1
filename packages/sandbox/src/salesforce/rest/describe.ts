import type { Field } from '../schema/fields.ts';
import type { SObject } from '../schema/objects.ts';
import { allObjects } from '../schema/objects.ts';

const soapTypes: Record<string, string> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  int: 'xsd:int',
  currency: 'xsd:double',
  percent: 'xsd:double',
  boolean: 'xsd:boolean',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  address: 'urn:address',
};

/** What the list of objects and the description of one have in common. */
export function summarize(object: SObject, basePath: string) {
  const { name, plural, prefix, readOnly, table } = object;
  const writable = !readOnly && table !== undefined;
  const path = `${basePath}/sobjects/${name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: writable,
    custom: name.endsWith('__c'),
    customSetting: false,
    deepCloneable: false,
    deletable: writable,
    deprecatedAndHidden: false,
    feedEnabled: writable,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: prefix,
    label: spaced(name),
    labelPlural: spaced(plural),
    layoutable: writable,
    mergeable: ['Account', 'Contact', 'Case', 'Lead'].includes(name),
    mruEnabled: writable,
    name,
    queryable: true,
    replicateable: table !== undefined,
    retrieveable: true,
    searchable: writable,
    triggerable: writable,
    undeletable: writable,
    updateable: writable,
    urls: { rowTemplate: `${path}/{ID}`, describe: `${path}/describe`, sobject: path },
  };
}

export const describeAll = (basePath: string) => ({
  encoding: 'UTF-8',
  maxBatchSize: 200,
  sobjects: allObjects().map((object) => summarize(object, basePath)),
});

export const describeObject = (object: SObject, basePath: string) => ({
  ...summarize(object, basePath),
  actionOverrides: [],
  childRelationships: [...object.children.values()].map((child) => ({
    cascadeDelete: object.name === 'Account',
    childSObject: child.object,
    deprecatedAndHidden: false,
    field: child.field,
    junctionIdListNames: [],
    junctionReferenceTo: [],
    relationshipName: child.name,
    restrictedDelete: false,
  })),
  compactLayoutable: true,
  fields: [...object.fields.values()].map((field) => describeField(field, object)),
  listviewable: null,
  lookupLayoutable: null,
  namedLayoutInfos: [],
  networkScopeFieldName: null,
  recordTypeInfos: [
    {
      active: true,
      available: true,
      defaultRecordTypeMapping: true,
      developerName: 'Master',
      master: true,
      name: 'Master',
      recordTypeId: '012000000000000AAA',
      urls: {},
    },
  ],
  searchLayoutable: true,
  sobjectDescribeOption: 'FULL',
  supportedScopes: [{ label: `All ${object.plural}`, name: 'everything' }],
});

const spaced = (name: string) => name.replace(/([a-z])(?=[A-Z])/g, '$1 ');

function describeField(field: Field, { name: owner, person }: SObject) {
  const { name, type, kind, length, picklist, targets } = field;
  const numeric = kind === 'currency' ? { precision: 18, scale: 2 } : kind === 'percent' ? { precision: 3 } : {};
  return {
    aggregatable: kind !== 'address' && kind !== 'boolean',
    aiPredictionField: false,
    autoNumber: name === 'CaseNumber',
    byteLength: length * 3,
    calculated: false,
    calculatedFormula: null,
    cascadeDelete: false,
    caseSensitive: false,
    compoundFieldName: compoundOf(name, owner, person),
    controllerName: null,
    createable: field.createable,
    custom: name.endsWith('__c'),
    defaultValue: picklist?.default ?? (kind === 'boolean' ? false : null),
    defaultValueFormula: null,
    defaultedOnCreate: picklist?.default !== undefined || kind === 'boolean' || name === 'OwnerId' || name === 'Id',
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: kind === 'int' ? 8 : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: null,
    filterable: kind !== 'address' && type !== 'textarea',
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: kind !== 'address' && kind !== 'currency' && kind !== 'percent' && kind !== 'datetime',
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: name === 'Id' || field.externalId || (person && name === 'Email'),
    inlineHelpText: null,
    label: field.label,
    length,
    mask: null,
    maskType: null,
    name,
    nameField: name === 'Name' || name === 'CaseNumber' || (name === 'Subject' && owner !== 'Case'),
    namePointing: targets.length > 1,
    nillable: !(
      field.required ||
      kind === 'boolean' ||
      name === 'Id' ||
      name === 'OwnerId' ||
      name === 'SystemModstamp'
    ),
    permissionable: !field.required,
    picklistValues: (picklist?.values ?? []).map((value) => ({
      active: true,
      defaultValue: value === picklist?.default,
      label: value,
      validFor: null,
      value,
    })),
    polymorphicForeignKey: targets.length > 1,
    precision: 0,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: targets.map(({ object }) => object),
    relationshipName: targets.length > 0 ? name.replace(/Id$/, '') : null,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restricted,
    scale: 0,
    searchPrefilterable: targets.length > 0,
    soapType: soapTypes[type] ?? 'xsd:string',
    sortable: kind !== 'address' && type !== 'textarea',
    type,
    unique: field.externalId,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
    ...numeric,
  };
}

function compoundOf(name: string, owner: string, person: boolean): string | null {
  if (person && (name === 'FirstName' || name === 'LastName')) return 'Name';
  return owner === 'Account' && /^Billing(Street|City|State|PostalCode|Country)$/.test(name) ? 'BillingAddress' : null;
}
