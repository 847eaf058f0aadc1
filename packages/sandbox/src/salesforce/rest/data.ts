import type { DatabaseSync } from 'node:sqlite';
import type { VendorReply } from '../../vendor/reply.ts';
import { malformedQuery, methodNotAllowed, notFound } from '../errors.ts';
import { organizationId, userId } from '../org.ts';
import { readId } from '../records/input.ts';
import type { Store } from '../records/store.ts';
import { findObject } from '../schema/objects.ts';
import type { RunSoql } from '../soql/run.ts';
import { answerBatch } from './batch.ts';
import { createCollections } from './collections.ts';
import { answerComposite } from './composite.ts';
import { unchangedSince } from './conditions.ts';
import { describeAll, describeObject, summarize } from './describe.ts';
import { answerGraphs } from './graph.ts';
import type { PartialFailure } from './partial.ts';
import type { Queries } from './queries.ts';
import { createRecords } from './records.ts';
import { listDeleted, listUpdated } from './replication.ts';
import type { Answer, DataRequest } from './request.ts';
import { ok } from './request.ts';
import { answerSearch } from './search.ts';
import { answerTree } from './tree.ts';
import type { Usage } from './usage.ts';
import { requireVersion } from './versions.ts';

export interface DataOptions {
  db: DatabaseSync;
  store: Store;
  run: RunSoql;
  queries: Queries;
  usage: Usage;
  partial: PartialFailure;
  /** What the resource `limits` tells, by the name of the limit. */
  limits(): Record<string, { Max: number; Remaining: number }>;
  /** Publishes a platform event; undefined when there is no event of that name. */
  publishEvent(name: string, body: unknown): VendorReply | undefined;
  /** Tells the listeners of a generic channel; undefined when there is none of that id. */
  tellChannel(id: string, body: unknown): VendorReply | undefined;
}

type Handler = (parts: string[], request: DataRequest, basePath: string) => VendorReply;

/** Everything below `/services/data/vXX.0`. */
export function createData(options: DataOptions): Answer {
  const { db, store, run, queries, usage, partial, publishEvent } = options;
  const records = createRecords(store, run);
  const collections = createCollections(store, run, partial);
  const started = new Date();
  const cached = { 'Last-Modified': started.toUTCString() };

  const onlyGet = ({ method }: DataRequest) => {
    if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed('HEAD,GET');
  };
  const described = (request: DataRequest, describe: () => object): VendorReply => {
    onlyGet(request);
    return unchangedSince(request, started) ? { status: 304 } : { ...ok(describe()), headers: cached };
  };

  const query =
    (all: boolean): Handler =>
    (parts, request, basePath) => {
      onlyGet(request);
      const options = String(request.headers['sforce-query-options'] ?? '');
      if (parts.length === 1) return ok(queries.more(parts[0] ?? '', basePath, options));
      const { searchParams } = request.url;
      const explained = searchParams.get('explain');
      if (explained) return ok(queries.explain(explained));
      const soql = searchParams.get('q');
      if (!soql) throw malformedQuery('A query string has to be specified');
      if (searchParams.get('columns') === 'true') return ok(queries.columns(soql));
      return ok(queries.query(soql, basePath, options, all));
    };

  const sobjects: Handler = (parts, request, basePath) => {
    const [name = '', id = '', relation = ''] = parts;
    if (parts.length === 0) return described(request, () => describeAll(basePath));
    const object = findObject(name);
    if (!object) {
      const published = request.method === 'POST' && parts.length === 1 ? publishEvent(name, request.body) : undefined;
      if (published) return published;
      throw notFound();
    }
    if (parts.length === 1) {
      if (request.method === 'POST') return records.create(object, request, basePath);
      if (request.method !== 'GET') throw methodNotAllowed('HEAD,GET,POST');
      return ok({ objectDescribe: summarize(object, basePath), recentItems: [] });
    }
    if (parts.length === 2 && id === 'describe') return described(request, () => describeObject(object, basePath));
    if (parts.length === 2 && object.table && (id === 'updated' || id === 'deleted')) {
      onlyGet(request);
      return (id === 'updated' ? listUpdated : listDeleted)(db, object, request.url);
    }
    // Some clients cannot send PATCH.
    const method = (request.url.searchParams.get('_HttpMethod') ?? request.method).toUpperCase();
    const asked = { ...request, method };
    if (parts.length === 2) return records.byId(object, id, asked, basePath);
    if (parts.length > 3) throw notFound();
    if (object.name === 'StreamingChannel' && relation === 'push') {
      if (request.method !== 'POST') throw methodNotAllowed('POST');
      const told = options.tellChannel(readId(id) ?? id, request.body);
      if (told) return told;
      throw notFound();
    }
    const isKey = object.fields.get(id.toLowerCase())?.externalId || id.toLowerCase() === 'id';
    return isKey || !/^[a-zA-Z0-9]{15,18}$/.test(id)
      ? records.byField(object, id, relation, asked, basePath)
      : records.related(object, id, relation, asked, basePath);
  };

  const composite: Handler = ([kind, ...parts], request, basePath) => {
    switch (kind) {
      case undefined:
        if (request.method !== 'POST') throw methodNotAllowed('POST');
        return ok(answerComposite(request.body, request.url, answer, store, partial));
      case 'batch':
        return answerBatch(request, answer, usage.count, partial);
      case 'graph':
        return answerGraphs(request, answer, store, partial);
      case 'sobjects':
        return collections.answer(parts, request, basePath);
      case 'tree':
        return answerTree(store, parts[0] ?? '', request);
      default:
        throw notFound();
    }
  };

  const search: Handler = (_, request, basePath) => {
    onlyGet(request);
    return answerSearch(run, request.url.searchParams.get('q') ?? '', basePath);
  };

  const limits: Handler = (_, request) => {
    onlyGet(request);
    return ok(options.limits());
  };

  const resources: Handler = (_, request, basePath) => {
    onlyGet(request);
    const paths = ['composite', 'limits', 'query', 'queryAll', 'search', 'sobjects'];
    return ok({
      ...Object.fromEntries(paths.map((path) => [path, `${basePath}/${path}`])),
      identity: `${request.url.origin}/id/${organizationId}/${userId}`,
    });
  };

  const handlers: Record<string, Handler> = {
    '': resources,
    query: query(false),
    queryAll: query(true),
    sobjects,
    composite,
    search,
    limits,
  };

  const answer: Answer = (request) => {
    const [, basePath = '', version = '', rest = ''] =
      /^(\/services\/data\/v(\d+)\.0)(?:\/(.*?))?\/?$/.exec(request.url.pathname) ?? [];
    if (basePath === '') throw notFound();
    requireVersion(Number(version));
    const [resource = '', ...parts] = rest.split('/').map(decode);
    const handler = Object.hasOwn(handlers, resource) ? handlers[resource] : undefined;
    if (!handler) throw notFound();
    return handler(parts, request, basePath);
  };
  return answer;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notFound();
  }
}
