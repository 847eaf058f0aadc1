import { SalesforceError } from '../errors.ts';

const pattern = /@\{([^}]+)\}/g;

/** Puts values of earlier answers in the place of every `@{reference.path}` in a text or in all texts of a body. */
export function fillIn(value: unknown, bodies: ReadonlyMap<string, unknown>, encode = (text: string) => text): unknown {
  if (typeof value === 'string') return fillText(value, bodies, encode);
  if (Array.isArray(value)) return value.map((item) => fillIn(item, bodies));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fillIn(item, bodies)]));
}

function fillText(text: string, bodies: ReadonlyMap<string, unknown>, encode: (text: string) => string): unknown {
  const find = (path: string) => {
    const [reference = '', ...steps] = path.split(/[.[\]]+/).filter(Boolean);
    let value = bodies.get(reference);
    for (const step of steps) {
      value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined;
    }
    if (value === undefined || value === null || typeof value === 'object') {
      const message = `Invalid reference specified. No value for @{${path}} found.`;
      throw new SalesforceError(400, 'PROCESSING_HALTED', message);
    }
    return value as string | number | boolean;
  };
  const [whole] = text.match(/^@\{[^}]+\}$/) ?? [];
  if (whole) {
    const value = find(whole.slice(2, -1));
    return typeof value === 'string' ? encode(value) : value;
  }
  return text.replace(pattern, (_, path: string) => encode(String(find(path))));
}
