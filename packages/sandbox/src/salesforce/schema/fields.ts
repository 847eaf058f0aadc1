import type { Picklist } from './picklists.ts';
import { picklist } from './picklists.ts';

/** How a value is stored, compared and printed. Currency is stored in cents. */
export type Kind = 'id' | 'string' | 'int' | 'currency' | 'percent' | 'boolean' | 'date' | 'datetime' | 'address';

/** What a reference points at, and what the pointed-at object calls the list of those that point at it. */
export interface Target {
  object: string;
  children: string | undefined;
}

export interface Field {
  name: string;
  label: string;
  kind: Kind;
  /** As `describe` names it. */
  type: string;
  /** An SQL expression; `$` stands for the alias of the object's table. */
  sql: string;
  /** The column that a write sets; none for what the org computes. */
  column: string | undefined;
  length: number;
  required: boolean;
  createable: boolean;
  updateable: boolean;
  picklist: Picklist | undefined;
  restricted: boolean;
  targets: readonly Target[];
  externalId: boolean;
}

const kinds: Record<string, Kind> = {
  reference: 'id',
  id: 'id',
  int: 'int',
  currency: 'currency',
  percent: 'percent',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  address: 'address',
};
const lengths: Record<string, number> = { id: 18, reference: 18, email: 80, phone: 40, url: 255, picklist: 255 };
const labels: Record<string, string> = { StageName: 'Stage', NumberOfEmployees: 'Employees' };

/** `AccountId` is `Account ID`, `BillingCity` is `Billing City`. */
function labelOf(object: string, name: string): string {
  if (name === 'Name') return object === 'Contact' || object === 'Lead' ? 'Full Name' : `${object} Name`;
  if (name === 'Id') return `${object} ID`;
  const spaced = name
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z])(?=[A-Z])/g, '$1 ');
  return labels[name] ?? spaced.replace(/ Id$/, ' ID');
}

/**
 * Reads field definitions, one a line: `Name! string:255 $.name`. After the name `!` is required, `+` can be set only
 * at creation and `-` not at all; what is not a plain column cannot be set either, unless `*` says that the rules of its
 * object know how. After the type comes its length,
 * picklist (`!` for a restricted one) or, for a reference, its targets, each with the name of the list on the other side.
 */
export function readFields(object: string, spec: string): Field[] {
  return spec
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => readField(object, line));
}

function readField(object: string, line: string): Field {
  const [, name = '', flags = '', type = '', , detail = '', sql = ''] =
    /^(\w+)([!+*-]*) (\w+!?)(:(\S+))? (.+)$/.exec(line) ?? [];
  const bare = type.replace('!', '');
  const column = /^\$\.(\w+)$/.exec(sql)?.[1];
  const writable = (column !== undefined || flags.includes('*')) && name !== 'Id' && !flags.includes('-');
  const isReference = bare === 'reference';
  const isPicklist = bare === 'picklist' || bare === 'combobox';
  return {
    name,
    label: labelOf(object, name),
    kind: kinds[bare] ?? 'string',
    type: bare === 'personname' ? 'string' : bare,
    sql,
    column,
    length: /^\d+$/.test(detail) ? Number(detail) : (lengths[bare] ?? 0),
    required: flags.includes('!'),
    createable: writable,
    updateable: writable && !flags.includes('+'),
    picklist: isPicklist ? picklist(detail) : undefined,
    restricted: type.endsWith('!'),
    targets: isReference ? detail.split(',').map(readTarget) : [],
    externalId: /^External_Id__c$/.test(name),
  };
}

function readTarget(text: string): Target {
  const [object = '', children] = text.split('/');
  return { object, children };
}
