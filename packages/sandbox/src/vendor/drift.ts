import type { Drift } from './faults.ts';

/** Changes the named fields of an answer, JSON or XML, wherever they stand in it. */
export function applyDrift(text: string, drift: Drift): string {
  if (text.trimStart().startsWith('<')) return driftXml(text, drift);
  try {
    return JSON.stringify(driftJson(JSON.parse(text), drift));
  } catch {
    return text;
  }
}

function driftJson(value: unknown, drift: Drift): unknown {
  if (Array.isArray(value)) return value.map((item) => driftJson(item, drift));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => {
      if (drift.remove.includes(name)) return [];
      if (drift.nullify.includes(name)) return [[name, null]];
      if (name in drift.set) return [[name, drift.set[name]]];
      return [[drift.rename[name] ?? name, driftJson(field, drift)]];
    }),
  );
}

/** Elements with text only: those are the fields of a SOAP record. */
function driftXml(text: string, { remove, nullify, rename, set }: Drift): string {
  return text.replaceAll(
    /<((?:[\w-]+:)?)([\w-]+)((?:\s[^<>]*)?)>([^<]*)<\/\1\2>/g,
    (whole, prefix: string, name: string, attributes: string) => {
      if (remove.includes(name)) return '';
      if (nullify.includes(name)) {
        return `<${prefix}${name} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>`;
      }
      if (name in set) return `<${prefix}${name}${attributes}>${escapeXml(String(set[name]))}</${prefix}${name}>`;
      const other = rename[name];
      return other === undefined ? whole : whole.replaceAll(`${prefix}${name}`, () => `${prefix}${other}`);
    },
  );
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
