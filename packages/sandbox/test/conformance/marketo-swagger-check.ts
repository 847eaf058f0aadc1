import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
}

export interface Swagger {
  host?: string;
  schemes?: string[];
  paths: Record<string, Record<string, { responses: Record<string, { schema?: Schema }> }>>;
  definitions: Record<string, Schema>;
}

/**
 * Where a published schema contradicts what else is known: `Definition.property`, or `*.property` for all, may have
 * another value; with a question mark at its end it may be absent.
 */
export type Exceptions = ReadonlySet<string>;

export function readSwagger(folder: string, file: string): Swagger {
  return JSON.parse(readFileSync(join(folder, 'marketo-openapi', file), 'utf8')) as Swagger;
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const typeOf = (value: unknown) =>
  Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : value === null ? 'null' : typeof value;

/** Compares answers with one of Adobe's Swagger 2.0 files: types, enumerations, times and required fields. */
export function createSwaggerCheck(swagger: Swagger, always: Exceptions) {
  let exceptions = always;

  function problems(given: Schema, value: unknown, path: string, owner: string, property: string): string[] {
    const name = given.$ref?.replace('#/definitions/', '') ?? '';
    const schema = name ? (swagger.definitions[name] ?? {}) : given;
    const excepted = exceptions.has(`${owner}.${property}`) || exceptions.has(`*.${property}`);
    const type = typeOf(value);
    const fits = !schema.type || schema.type === type || (schema.type === 'number' && type === 'integer');
    // Adobe writes `object` where a value of any type may stand.
    if (!fits && !(schema.type === 'object' && !schema.properties)) {
      return excepted ? [] : [`${path} is ${type}, not ${schema.type}`];
    }
    if (schema.enum && !schema.enum.includes(value) && !excepted)
      return [`${path} is '${value}', not in the enumeration`];
    if (schema.format === 'date-time' && !rfc3339.test(String(value)) && !excepted)
      return [`${path} is '${value}', not a time`];
    if (Array.isArray(value)) {
      return value.flatMap((item, index) => problems(schema.items ?? {}, item, `${path}[${index}]`, owner, property));
    }
    if (type !== 'object') return [];
    const record = value as Record<string, unknown>;
    const missing = (schema.required ?? [])
      .filter((field) => !(field in record) && !exceptions.has(`${name}.${field}?`) && !exceptions.has(`*.${field}?`))
      .map((field) => `${path}.${field} is missing (${name})`);
    const wrong = Object.entries(schema.properties ?? {}).flatMap(([field, inner]) =>
      field in record ? problems(inner, record[field], `${path}.${field}`, name, field) : [],
    );
    return [...missing, ...wrong];
  }

  return (method: string, path: string, body: unknown, here: readonly string[] = []): string[] => {
    exceptions = new Set([...always, ...here]);
    const schema = swagger.paths[path]?.[method]?.responses['200']?.schema;
    return schema ? problems(schema, body, '$', '', '') : [`${method} ${path} is not in the file`];
  };
}
