import type { VendorRequest } from '../vendor/server.ts';
import { Refusal } from './answers.ts';

/** The parameters of one call, wherever the client put them. */
export interface Parameters {
  text(name: string): string | undefined;
  required(name: string): string;
  /** Comma lists and repeated parameters alike; Marketo has no way to write a comma inside a value. */
  list(name: string): string[];
  integer(name: string, bounds: { fallback: number; min: number; max: number }): number;
  date(name: string): string | undefined;
  /** The JSON body of a query that was sent as POST. */
  input: Record<string, unknown>;
}

const integer = /^-?\d{1,15}$/;

export function readInteger(value: string): number {
  if (!integer.test(value)) throw new Refusal('1001', `Invalid value '${value}'. Required of type 'Integer'`);
  return Number(value);
}

/** Joins the query, a form body and a JSON body; a form may also carry `_method`. */
export function readParameters(request: VendorRequest): { parameters: Parameters; method: string } {
  const type = request.headers['content-type'] ?? '';
  const form = type.includes('application/x-www-form-urlencoded') ? new URLSearchParams(request.body) : null;
  const json = type.includes('application/json') && request.body.trim() !== '' ? parseJson(request.body) : {};
  if (request.method === 'POST' && !form && !type.includes('application/json') && request.body !== '') {
    throw new Refusal('612', `Invalid Content Type '${type}'`);
  }
  const given = (name: string): string[] => {
    const inJson = json[name];
    const fromJson = Array.isArray(inJson) ? inJson.map(String) : inJson == null ? [] : [String(inJson)];
    return [...request.url.searchParams.getAll(name), ...(form?.getAll(name) ?? []), ...fromJson];
  };
  const text = (name: string) => given(name).find((value) => value !== '');

  const parameters: Parameters = {
    text,
    required(name) {
      const value = text(name);
      if (value === undefined) throw new Refusal('1002', `Missing value for required parameter '${name}'`);
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
      if (value === undefined) return undefined;
      const at = Date.parse(value);
      if (Number.isNaN(at)) throw new Refusal('1001', `Invalid value '${value}'. Required of type 'DateTime'`);
      return new Date(at).toISOString().replace('.000Z', 'Z');
    },
    input: json,
  };
  const override = (text('_method') ?? '').toUpperCase();
  return { parameters, method: request.method === 'POST' && override ? override : request.method };
}

function parseJson(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Reported below, like any other body that is not an object.
  }
  throw new Refusal('609', 'Invalid JSON');
}
