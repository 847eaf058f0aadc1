import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Schema {
  $ref?: string;
  type?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
}

interface Swagger {
  paths: Record<string, { get?: { responses: Record<string, { schema?: Schema }> } }>;
  definitions: Record<string, Schema>;
}

/** Where the published schemas contradict recorded traffic: fields that real answers leave out. */
const absentInPractice = new Set(['errors', 'warnings', 'result', 'moreResult', 'folder.id']);

const typeOf = (value: unknown) =>
  Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : value === null ? 'null' : typeof value;

/** Compares answers with one of Adobe's Swagger 2.0 files: types and required fields, formats aside. */
export function createSwaggerCheck(folder: string, file: string) {
  const swagger = JSON.parse(readFileSync(join(folder, 'marketo-openapi', file), 'utf8')) as Swagger;

  function problems(given: Schema, value: unknown, path: string): string[] {
    const schema = given.$ref ? (swagger.definitions[given.$ref.replace('#/definitions/', '')] ?? {}) : given;
    const type = typeOf(value);
    const fits = !schema.type || schema.type === type || (schema.type === 'number' && type === 'integer');
    // Adobe writes `object` where a value of any type may stand.
    if (!fits && !(schema.type === 'object' && !schema.properties)) return [`${path} is ${type}, not ${schema.type}`];
    if (Array.isArray(value))
      return value.flatMap((item, index) => problems(schema.items ?? {}, item, `${path}[${index}]`));
    if (type !== 'object') return [];
    const record = value as Record<string, unknown>;
    const tail = path.split('.').at(-1);
    const missing = (schema.required ?? [])
      .filter((name) => !(name in record) && !absentInPractice.has(name) && !absentInPractice.has(`${tail}.${name}`))
      .map((name) => `${path}.${name} is missing`);
    const wrong = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
      name in record ? problems(property, record[name], `${path}.${name}`) : [],
    );
    return [...missing, ...wrong];
  }

  return (path: string, body: unknown): string[] => {
    const schema = swagger.paths[path]?.get?.responses['200']?.schema;
    return schema ? problems(schema, body, '$') : [`${path} is not in ${file}`];
  };
}
