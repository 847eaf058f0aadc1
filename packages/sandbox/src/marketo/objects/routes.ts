import type { Answer } from '../answers.ts';
import type { Desk, Route } from '../routes.ts';
import { describeFields } from '../schema.ts';
import type { Hooks } from './hooks.ts';
import { companyHooks, opportunityHooks, roleHooks } from './hooks.ts';
import type { Kind } from './kinds.ts';
import { company, opportunity, role } from './kinds.ts';
import { lookUp } from './look-up.ts';
import { remove, sync } from './sync.ts';

/** The four calls that every kind of CRM record has. */
function routesOf(path: string, operation: string, kind: Kind, hooks: Hooks): Route[] {
  return [
    { path: `${path}.json`, operation, answer: lookUp(kind) },
    { path: `${path}/describe.json`, operation: `${operation}:describe`, answer: describe(kind) },
    { method: 'POST', path: `${path}.json`, operation: `${operation}:sync`, answer: sync(kind, hooks) },
    { method: 'POST', path: `${path}/delete.json`, operation: `${operation}:delete`, answer: remove(kind, hooks) },
  ];
}

export const objectRoutes: readonly Route[] = [
  ...routesOf('/rest/v1/opportunities', 'opportunities', opportunity, opportunityHooks),
  ...routesOf('/rest/v1/opportunities/roles', 'roles', role, roleHooks),
  ...routesOf('/rest/v1/companies', 'companies', company, companyHooks),
];

function describe(kind: Kind) {
  return ({ reader }: Desk): Answer => {
    const [first] = reader.all('SELECT min(created_at) AS at FROM mk_program');
    const single = kind.fields.filter((field) => field.searchable).map((field) => [field.name]);
    const { name, displayName, pluralName, description, idField, dedupe } = kind;
    const result = {
      name,
      displayName,
      pluralName,
      description,
      createdAt: first?.at,
      updatedAt: first?.at,
      idField,
      dedupeFields: dedupe,
      searchableFields: dedupe.length > 1 ? [dedupe, ...single] : single,
      fields: describeFields(kind.fields, dedupe),
    };
    return { result: [result] };
  };
}
