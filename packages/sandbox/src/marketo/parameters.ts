import type { VendorRequest } from '../vendor/request.ts';
import { instantOf, Refusal } from './answers.ts';

/** The parameters of one call, wherever the client put them. */
export interface Parameters {
  text(name: string): string | undefined;
  required(name: string): string;
  /** Comma lists and repeated parameters alike; Marketo has no way to write a comma inside a value. */
  list(name: string): string[];
  integer(name: string, bounds: { fallback: number; min: number; max: number }): number;
  date(name: string): string | undefined;
  header(name: string): string | undefined;
  /** The JSON body. */
  input: Record<string, unknown>;
  /** The records of a batch, from the `input` of the JSON body. */
  records(max?: number): Record<string, unknown>[];
  /** A form value that holds JSON, as asset writes send it; also taken from a JSON body. */
  json(name: string): unknown;
}

const integer = /^-?\d{1,15}$/;
export const maxBatch = 300;

export function readInteger(value: string): number {
  if (!integer.test(value)) throw new Refusal('1001', `Invalid value '${value}'. Required of type 'Integer'`);
  return Number(value);
}

export function readInstant(value: unknown): string {
  const at = typeof value === 'string' ? Date.parse(value.replace(/Z\+0000$/, 'Z')) : Number.NaN;
  if (Number.isNaN(at)) throw new Refusal('1001', `Invalid value '${value}'. Required of type 'DateTime'`);
  return instantOf(at);
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Joins the query, a form body and a JSON body; a body may also carry `_method`. */
export function readParameters(request: Pick<VendorRequest, 'method' | 'url' | 'headers' | 'body'>): {
  parameters: Parameters;
  method: string;
} {
  const type = request.headers['content-type'] ?? '';
  const isJson = type.includes('json');
  const form = type.includes('application/x-www-form-urlencoded') ? new URLSearchParams(request.body) : null;
  const body = isJson && request.body.trim() !== '' ? parseJson(request.body) : {};
  if (request.method === 'POST' && !form && !isJson && request.body !== '') {
    throw new Refusal('612', 'Invalid Content Type');
  }
  const given = (name: string): string[] => {
    const inJson = body[name];
    const scalars = (Array.isArray(inJson) ? inJson : [inJson]).filter((value) => value != null && !isRecord(value));
    return [...request.url.searchParams.getAll(name), ...(form?.getAll(name) ?? []), ...scalars.map(String)];
  };
  const text = (name: string) => given(name).find((value) => value !== '');

  const parameters: Parameters = {
    text,
    required(name) {
      const value = text(name);
      if (value === undefined) throw missing(name);
      return value;
    },
    list: (name) =>
      given(name)
        .flatMap((value) => value.split(','))
        .map((value) => value.trim())
        .filter((value) => value !== ''),
    integer(name, { fallback, min, max }) {
      const value = text(name);
      // Marketo serves its largest page to a caller who asks for more.
      return value === undefined ? fallback : Math.min(max, Math.max(min, readInteger(value)));
    },
    date(name) {
      const value = text(name);
      return value === undefined ? undefined : readInstant(value);
    },
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    input: body,
    records(max = maxBatch) {
      const { input } = body;
      if (!Array.isArray(input) || input.length === 0) throw missing('input');
      if (input.length > max)
        throw new Refusal('1003', `input has ${input.length} records, at most ${max} are allowed`);
      if (!input.every(isRecord)) throw new Refusal('1003', 'Invalid data: input is a list of objects');
      return input;
    },
    json(name) {
      if (body[name] !== undefined) return body[name];
      const value = text(name);
      if (value === undefined) return undefined;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        throw new Refusal('609', 'Invalid JSON');
      }
    },
  };
  const override = (text('_method') ?? '').toUpperCase();
  return { parameters, method: request.method === 'POST' && override ? override : request.method };
}

/** The parameters of a call whose JSON body is at hand. */
export function parametersOf(body: Record<string, unknown>): Parameters {
  const url = new URL('http://localhost/');
  const headers = { 'content-type': 'application/json' };
  return readParameters({ method: 'POST', url, headers, body: JSON.stringify(body) }).parameters;
}

export function missing(name: string): Refusal {
  return new Refusal('1002', `Missing value for required parameter '${name}'`);
}

function parseJson(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (isRecord(value)) return value;
    // Some clients send an empty list where they have nothing to say.
    if (Array.isArray(value) && value.length === 0) return {};
  } catch {
    // Reported below, like any other body that is not an object.
  }
  throw new Refusal('609', 'Invalid JSON');
}
