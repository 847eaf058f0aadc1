import type { Answer } from './answers.ts';
import { Refusal } from './answers.ts';
import type { Field } from './fields.ts';
import { chooseFields, chooseFilter, filterValues, opportunityFields, roleFields } from './fields.ts';
import { pageSize } from './leads.ts';
import { page, readCursor } from './paging.ts';
import type { Parameters } from './parameters.ts';
import { readInteger } from './parameters.ts';
import type { Desk, Route } from './routes.ts';
import { toRecord } from './rows.ts';

/** One kind of CRM record: where it lives, its key, and what a call without `fields` gets. */
interface Kind {
  from: string;
  /** Both tables are keyed by text, so a page token holds how many records went before. */
  key: string;
  fields: readonly Field[];
  standard: readonly string[];
  dedupe: readonly string[];
}

const opportunity: Kind = {
  from: 'mk_opportunity o',
  key: 'o.external_id',
  fields: opportunityFields,
  standard: ['marketoGUID', 'externalOpportunityId', 'createdAt', 'updatedAt'],
  dedupe: ['externalOpportunityId'],
};

const role: Kind = {
  from: 'mk_role r',
  key: 'r.guid',
  fields: roleFields,
  standard: ['marketoGUID', 'externalOpportunityId', 'leadId', 'role', 'createdAt', 'updatedAt'],
  dedupe: ['externalOpportunityId', 'leadId', 'role'],
};

export const opportunityRoutes: readonly Route[] = [
  { path: '/rest/v1/opportunities.json', operation: 'opportunities', answer: lookUp(opportunity) },
  { path: '/rest/v1/opportunities/roles.json', operation: 'roles', answer: lookUp(role) },
];

function lookUp(kind: Kind) {
  return ({ reader, control }: Desk, parameters: Parameters): Answer => {
    const { where, values } = readFilter(kind, parameters);
    const fields = chooseFields(kind.fields, parameters.list('fields'), kind.standard);
    const keyed = [...new Set([...kind.fields.slice(0, 1), ...fields])];
    const size = pageSize(parameters);
    const before = Math.max(0, readCursor(parameters.text('nextPageToken')));
    const columns = keyed.map((field) => `${field.sql} AS "${field.name}"`);
    const found = reader.all(
      `SELECT ${columns} FROM ${kind.from} WHERE ${where} ORDER BY ${kind.key} LIMIT ? OFFSET ?`,
      ...values,
      size + 1,
      before,
    );
    const { rows, next } = page(
      found.map((row, index) => ({ ...row, cursor: before + index + 1 })),
      size,
    );
    const result = control.scramble(rows).map((row, seq) => ({ seq, ...toRecord(row, keyed) }));
    return next ? { result, nextPageToken: next, moreResult: true } : { result, moreResult: false };
  };
}

function readFilter(kind: Kind, parameters: Parameters): { where: string; values: (string | number)[] } {
  const filterType = parameters.required('filterType');
  if (filterType === 'dedupeFields') return readKeys(kind, parameters);
  const filter = chooseFilter(kind.fields, filterType);
  const given = filterValues(parameters.list('filterValues'));
  const values = filter.name === 'leadId' ? given.map(readInteger) : given;
  return { where: `${filter.sql} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] };
}

/** A compound key does not fit a comma list, so it comes as JSON. */
function readKeys(kind: Kind, parameters: Parameters): { where: string; values: string[] } {
  const { input } = parameters.input;
  if (!Array.isArray(input) || input.length === 0) {
    throw new Refusal('1002', "Missing value for required parameter 'input'");
  }
  if (input.length > 300) throw new Refusal('1003', 'input has more than 300 records');
  const keys = input.map((record: Record<string, unknown> | null) =>
    kind.dedupe.map((name) => {
      const value = record?.[name];
      if (value == null) throw new Refusal('1002', `Missing value for required parameter '${name}'`);
      return value;
    }),
  );
  const columns = kind.dedupe.map((name) => kind.fields.find((field) => field.name === name)?.sql);
  const parts = kind.dedupe.map((_, index) => `value ->> '$[${index}]'`);
  return { where: `(${columns}) IN (SELECT ${parts} FROM json_each(?))`, values: [JSON.stringify(keys)] };
}
