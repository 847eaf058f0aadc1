import type { Definition } from './definition.ts';
import type { Field } from './fields.ts';
import { readFields } from './fields.ts';
import { salesObjects } from './sales-objects.ts';
import { workObjects } from './work-objects.ts';

/** The way from a record to the one that a reference field of it points at. */
export interface Parent {
  name: string;
  column: string;
  field: string;
  /** More than one for a reference such as `WhatId`, whose parent `What` may be of several types. */
  objects: readonly string[];
}

export interface Child {
  name: string;
  object: string;
  column: string;
  field: string;
}

export interface SObject {
  name: string;
  plural: string;
  prefix: string;
  /** Where its records are; none for what cannot be written or deleted. */
  table: string | undefined;
  /** A table, or a select in brackets. */
  from: string;
  fields: ReadonlyMap<string, Field>;
  parents: ReadonlyMap<string, Parent>;
  children: ReadonlyMap<string, Child>;
  readOnly: boolean;
  /** Whether its name is made of a first and a last name. */
  person: boolean;
  /** Whether change events are published for it. */
  tracked: boolean;
}

const audit = `
  IsDeleted- boolean 0
  CreatedDate- datetime $.created_at
  CreatedById- reference:User $.created_by
  LastModifiedDate- datetime $.modified_at
  LastModifiedById- reference:User $.modified_by
  SystemModstamp- datetime $.modified_at
  External_Id__c string:40 $.external_id`;
const owned = 'OwnerId reference:User $.owner_id';

const byName = <Item extends { name: string }>(items: Item[]) =>
  new Map(items.map((item) => [item.name.toLowerCase(), item]));

function parentsOf(fields: Field[]): Parent[] {
  return fields.flatMap(({ name, column, targets }) =>
    column === undefined || targets.length === 0
      ? []
      : [{ name: name.replace(/Id$/, ''), column, field: name, objects: targets.map(({ object }) => object) }],
  );
}

function prepare(definition: Definition): Omit<SObject, 'children'> {
  const { name, plural = `${name}s`, prefix, table, bare = false, readOnly = false } = definition;
  const extra = bare || readOnly ? '' : definition.ownerless ? audit : `${owned}${audit}`;
  const fields = readFields(name, `Id- id $.id\n${definition.fields}\n${extra}`);
  return {
    name,
    plural,
    prefix,
    table: bare ? undefined : table,
    from: definition.from ?? table ?? '',
    fields: byName(fields),
    parents: byName(parentsOf(fields)),
    readOnly,
    person: /\bpersonname\b/.test(definition.fields),
    tracked: !readOnly && definition.quiet !== true,
  };
}

const prepared = [...salesObjects, ...workObjects].map(prepare);

function childrenOf(parent: string): Child[] {
  return prepared.flatMap(({ name: object, fields }) =>
    [...fields.values()].flatMap(({ name: field, column, targets }) =>
      targets.flatMap((target) =>
        target.object === parent && target.children && column ? [{ name: target.children, object, column, field }] : [],
      ),
    ),
  );
}

const objects = byName(prepared.map((object): SObject => ({ ...object, children: byName(childrenOf(object.name)) })));
const byPrefix = new Map([...objects.values()].map((object) => [object.prefix, object]));

/** Names are case-insensitive. */
export const findObject = (name: string): SObject | undefined => objects.get(name.toLowerCase());

/** The object that a record id belongs to. */
export const objectOfId = (id: string): SObject | undefined => byPrefix.get(id.slice(0, 3));

export const allObjects = (): SObject[] => [...objects.values()];
