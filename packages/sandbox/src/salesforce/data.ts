import type { VendorReply } from '../vendor/server.ts';
import { methodNotAllowed, notFound, SalesforceError } from './errors.ts';
import { allObjects, findObject, organizationId } from './objects.ts';
import type { Queries } from './queries.ts';
import { userId } from './sessions.ts';
import type { RunSoql } from './soql/run.ts';

export const dailyLimit = 15_000;

const newest = 68;
const oldest = 31;

/** What a request asks of `/services/data/vXX.0`, without its session. */
export interface DataRequest {
  method: string;
  url: URL;
  queryOptions: string | undefined;
}

export interface Data {
  versions(): VendorReply;
  answer(request: DataRequest): VendorReply;
}

export function createData(run: RunSoql, queries: Queries, usedCalls: () => number): Data {
  const ok = (body: object): VendorReply => ({ status: 200, body });

  function record(basePath: string, type: string, id: string, fields: string | null): VendorReply {
    const object = findObject(type);
    if (!object) throw notFound();
    if (!/^([a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/.test(id)) {
      throw new SalesforceError(
        404,
        'NOT_FOUND',
        `Provided external ID field does not exist or is not accessible: ${id}`,
      );
    }
    const names = fields
      ? fields.split(',').map((name) => name.trim())
      : [...object.fields.values()].map(({ name }) => name);
    const unknown = names.find((name) => !object.fields.has(name.toLowerCase()));
    if (unknown !== undefined) {
      throw new SalesforceError(400, 'INVALID_FIELD', `No such column '${unknown}' on sobject of type ${object.name}`);
    }
    const all = names.some((name) => name.toLowerCase() === 'id') ? names : ['Id', ...names];
    const { records } = run(`SELECT ${all.join(', ')} FROM ${object.name} WHERE Id = '${id}'`, basePath);
    const [found] = records;
    if (!found) throw notFound();
    return ok(found);
  }

  return {
    versions: () =>
      ok(
        Array.from({ length: newest - oldest + 1 }, (_, index) => oldest + index).map((number) => ({
          label: `API ${number}`,
          url: `/services/data/v${number}.0`,
          version: `${number}.0`,
        })),
      ),
    answer({ method, url, queryOptions }) {
      const [, basePath = '', version = '', rest = ''] =
        /^(\/services\/data\/v(\d+)\.0)(?:\/(.*?))?\/?$/.exec(url.pathname) ?? [];
      if (basePath === '') throw notFound();
      if (Number(version) < oldest) {
        throw new SalesforceError(
          410,
          'UNSUPPORTED_API_VERSION',
          `The requested API version v${version}.0 is retired.`,
        );
      }
      if (Number(version) > newest) throw notFound();
      const [resource = '', ...parts] = rest.split('/').map(decodeURIComponent);
      const read = () => {
        if (method !== 'GET') throw methodNotAllowed('GET');
      };
      switch (`${resource}/${parts.length}`) {
        case '/0': {
          read();
          const resources = ['query', 'queryAll', 'composite', 'sobjects', 'limits'];
          return ok({
            ...Object.fromEntries(resources.map((path) => [path, `${basePath}/${path}`])),
            identity: `${url.origin}/id/${organizationId}/${userId}`,
          });
        }
        case 'query/0':
        case 'queryAll/0': {
          read();
          const soql = url.searchParams.get('q');
          if (!soql) throw new SalesforceError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
          return ok(queries.query(soql, basePath, queryOptions));
        }
        case 'query/1':
        case 'queryAll/1':
          read();
          return ok(queries.more(parts[0] ?? '', basePath, queryOptions));
        case 'limits/0': {
          read();
          return ok({ DailyApiRequests: { Max: dailyLimit, Remaining: Math.max(0, dailyLimit - usedCalls()) } });
        }
        case 'sobjects/0': {
          read();
          const sobjects = allObjects().map((object) => ({
            name: object.name,
            label: object.name,
            keyPrefix: object.prefix,
            queryable: true,
            urls: {
              sobject: `${basePath}/sobjects/${object.name}`,
              rowTemplate: `${basePath}/sobjects/${object.name}/{ID}`,
            },
          }));
          return ok({ encoding: 'UTF-8', maxBatchSize: 200, sobjects });
        }
        case 'sobjects/2':
          read();
          return record(basePath, parts[0] ?? '', parts[1] ?? '', url.searchParams.get('fields'));
        default:
          throw notFound();
      }
    },
  };
}
