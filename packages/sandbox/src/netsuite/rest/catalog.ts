import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';
import { missing, notAllowed } from './errors.ts';
import type { Field, RecordType } from './fields.ts';
import { recordTypes } from './fields.ts';
import { recordPath } from './paths.ts';

const schemaType = 'application/schema+json';
const swaggerType = 'application/swagger+json';

/** `metadata-catalog`: the record types, or one as a JSON schema or as part of an OpenAPI description. */
export function answerCatalog({ method, url, headers }: VendorRequest, name: string): VendorReply {
  if (method !== 'GET') throw notAllowed(method);
  const accept = String(headers.accept ?? '');
  const base = `${url.origin}${recordPath}metadata-catalog`;
  const wanted = name === '' ? (url.searchParams.get('select')?.split(',') ?? [...recordTypes.keys()]) : [name];
  const chosen = wanted.map((each) => [each.trim(), recordTypes.get(each.trim())] as const);
  if (chosen.some(([, record]) => !record)) throw missing(url);
  const found = chosen as [string, RecordType][];

  if (accept.includes(swaggerType)) {
    const schemas = Object.fromEntries(found.map(([each, record]) => [each, writeSchema(record)]));
    const paths = Object.fromEntries(found.flatMap(([each]) => writePaths(each)));
    const body = {
      openapi: '3.0.1',
      info: { title: 'NetSuite REST Record API', version: 'v1' },
      paths,
      components: { schemas },
    };
    return { status: 200, headers: { 'content-type': swaggerType }, body };
  }
  const [first] = found;
  if (name !== '' && first) {
    const body = { $schema: 'http://json-schema.org/draft-06/hyper-schema#', ...writeSchema(first[1]) };
    return { status: 200, headers: { 'content-type': schemaType }, body };
  }
  const items = found.map(([each]) => ({
    name: each,
    links: [
      { rel: 'canonical', href: `${base}/${each}`, mediaType: 'application/json' },
      { rel: 'describes', href: `${url.origin}${recordPath}${each}` },
      { rel: 'describedby', href: `${base}/${each}`, mediaType: swaggerType },
      { rel: 'describedby', href: `${base}/${each}`, mediaType: schemaType },
    ],
  }));
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: { items, links: [{ rel: 'self', href: base }] },
  };
}

const formats: Record<Field['kind'], object> = {
  id: { type: 'string' },
  text: { type: 'string', nullable: true },
  number: { type: 'number', format: 'double', nullable: true },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date', nullable: true },
  datetime: { type: 'string', format: 'date-time', nullable: true },
  status: { type: 'object', properties: { id: { type: 'string' }, refName: { type: 'string' } } },
  reference: {
    type: 'object',
    properties: { id: { type: 'string' }, externalId: { type: 'string' }, refName: { type: 'string' } },
  },
};

function writeSchema({ fields, sublists = [] }: RecordType): object {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, { kind }]) => [name, { title: name, ...formats[kind] }]),
  );
  const lists = sublists.map((name) => [
    name,
    { type: 'object', properties: { items: { type: 'array', items: { type: 'object' } } } },
  ]);
  return { type: 'object', properties: { ...properties, ...Object.fromEntries(lists) } };
}

function writePaths(name: string): [path: string, operations: object][] {
  const schema = { $ref: `#/components/schemas/${name}` };
  const body = { requestBody: { content: { 'application/json': { schema } } } };
  const ok = { responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } } };
  const done = { responses: { 204: { description: 'No Content' } } };
  return [
    [`/${name}`, { get: ok, post: { ...body, ...done } }],
    [`/${name}/{id}`, { get: ok, patch: { ...body, ...done }, delete: done }],
    [`/${name}/eid:{id}`, { get: ok, put: { ...body, ...done } }],
  ];
}
