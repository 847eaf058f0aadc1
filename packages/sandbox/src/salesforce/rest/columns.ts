import type { FieldType } from '@jetstreamapp/soql-parser-js';
import type { SObject } from '../schema/objects.ts';
import { findObject } from '../schema/objects.ts';
import { parseSoql } from '../soql/parse.ts';

interface Column {
  columnName: string;
  displayName: string;
  aggregate: boolean;
  apexType: null;
  foreignKeyName: string | null;
  joinColumns: Column[];
  booleanType: boolean;
  numberType: boolean;
  textType: boolean;
  custom: boolean;
  insertable: boolean;
  updatable: boolean;
}

const column = (name: string, more: Partial<Column> = {}): Column => ({
  columnName: name,
  displayName: name,
  aggregate: false,
  apexType: null,
  foreignKeyName: null,
  joinColumns: [],
  booleanType: false,
  numberType: false,
  textType: false,
  custom: name.endsWith('__c'),
  insertable: false,
  updatable: false,
  ...more,
});

const numbers = new Set(['int', 'currency', 'percent']);

/** Describes the columns of an answer: parents are columns with columns of their own, and so are lists of children. */
export function describeColumns(soql: string): object {
  const query = parseSoql(soql);
  const object = findObject(query.sObject ?? '');
  const columns: Column[] = [];
  let unnamed = 0;
  for (const item of query.fields ?? []) {
    if (item.type === 'FieldFunctionExpression') {
      columns.push(column(item.alias ?? `expr${unnamed++}`, { aggregate: true, numberType: true }));
    } else if (item.type === 'FieldSubquery') {
      const child = object?.children.get(item.subquery.relationshipName.toLowerCase());
      const joined = (item.subquery.fields ?? []).flatMap((field) => plain(field, child && findObject(child.object)));
      columns.push(column(child?.name ?? item.subquery.relationshipName, { aggregate: true, joinColumns: joined }));
    } else if (item.type === 'FieldRelationship') {
      addPath(columns, object, [...item.relationships, item.field]);
    } else {
      columns.push(...plain(item, object));
    }
  }
  const entityName = object?.name ?? query.sObject;
  return {
    columnMetadata: columns,
    entityName,
    groupBy: query.groupBy !== undefined,
    idSelected: true,
    keyPrefix: object?.prefix,
  };
}

function plain(item: FieldType, object: SObject | undefined): Column[] {
  if (item.type !== 'Field') return [];
  const field = object?.fields.get(item.field.toLowerCase());
  return [
    column(field?.name ?? item.field, {
      booleanType: field?.kind === 'boolean',
      numberType: field !== undefined && numbers.has(field.kind),
      textType: field?.kind === 'string',
      insertable: field?.createable ?? false,
      updatable: field?.updateable ?? false,
    }),
  ];
}

function addPath(columns: Column[], object: SObject | undefined, [word = '', ...rest]: string[]) {
  const parent = object?.parents.get(word.toLowerCase());
  const target = findObject(parent?.objects[0] ?? '');
  const name = parent?.name ?? word;
  let holder = columns.find(({ columnName }) => columnName === name);
  if (!holder) {
    holder = column(name, { foreignKeyName: parent?.field ?? null });
    columns.push(holder);
  }
  if (rest.length > 1) addPath(holder.joinColumns, target, rest);
  else holder.joinColumns.push(...plain({ type: 'Field', field: rest[0] ?? '' }, target));
}
