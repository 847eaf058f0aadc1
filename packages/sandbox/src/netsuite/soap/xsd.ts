import type { Prefix } from './namespaces.ts';
import { namespaceOf, prefixes, xsdPath } from './namespaces.ts';
import type { Xml } from './xml.ts';
import { element } from './xml.ts';

/**
 * A complex type, in few words: `name type` children (`type*` repeats), `ref:name` for a global element,
 * `@name type` attributes.
 */
export interface TypeDefinition {
  name: string;
  base?: string;
  abstract?: boolean;
  /** Text content with attributes, in place of children. */
  text?: boolean;
  members: string[];
}

export interface Schema {
  prefix: Prefix;
  types: TypeDefinition[];
  /** Global elements, `name type`. */
  elements?: string[];
}

const xsd = 'http://www.w3.org/2001/XMLSchema';

/** Writes one schema file. Types of other schemas are named by their customary prefix. */
export function writeSchema({ prefix, types, elements = [] }: Schema, version: string): string {
  const here = xsdPath(prefix, version);
  const others = prefixes.filter((other) => other !== prefix && uses(types, elements, other));
  const imports = others.map((other) =>
    element('xsd:import', {
      namespace: namespaceOf(other, version),
      schemaLocation: relative(here, xsdPath(other, version)),
    }),
  );
  const declared = Object.fromEntries([prefix, ...others].map((each) => [`xmlns:${each}`, namespaceOf(each, version)]));
  const schema = element(
    'xsd:schema',
    {
      'xmlns:xsd': xsd,
      ...declared,
      targetNamespace: namespaceOf(prefix, version),
      elementFormDefault: 'qualified',
    },
    ...imports,
    ...types.map(writeType),
    ...elements.map((words) => {
      const [name = '', type] = words.split(' ');
      return element('xsd:element', { name, type });
    }),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${schema.xml}`;
}

function uses(types: TypeDefinition[], elements: string[], prefix: Prefix): boolean {
  const words = [...elements, ...types.flatMap(({ base = '', members }) => [base, ...members])];
  return words.some((word) => word.includes(`${prefix}:`));
}

function writeType({ name, base, abstract, text, members }: TypeDefinition): Xml {
  const attributes = members.filter((member) => member.startsWith('@')).map(writeAttribute);
  if (text) {
    const content = element('xsd:simpleContent', {}, element('xsd:extension', { base: 'xsd:string' }, ...attributes));
    return element('xsd:complexType', { name }, content);
  }
  const children = members.filter((member) => !member.startsWith('@')).map(writeChild);
  const inside = [children.length > 0 ? element('xsd:sequence', {}, ...children) : null, ...attributes];
  const body = base ? [element('xsd:complexContent', {}, element('xsd:extension', { base }, ...inside))] : inside;
  return element('xsd:complexType', { name, abstract: abstract ? 'true' : null }, ...body);
}

function writeChild(member: string): Xml {
  if (member.startsWith('ref:')) return element('xsd:element', { ref: member.slice(4) });
  const [name = '', written = ''] = member.split(' ');
  const repeats = written.endsWith('*');
  const type = repeats ? written.slice(0, -1) : written;
  return element('xsd:element', { name, type, minOccurs: '0', maxOccurs: repeats ? 'unbounded' : null });
}

function writeAttribute(member: string): Xml {
  const [name = '', type] = member.slice(1).split(' ');
  return element('xsd:attribute', { name, type });
}

/** From one absolute path to another, as a relative reference. */
export function relative(from: string, to: string): string {
  const start = from.split('/').slice(0, -1);
  const end = to.split('/');
  const shared = start.findIndex((part, index) => part !== end[index]);
  const common = shared < 0 ? start.length : shared;
  return [...start.slice(common).map(() => '..'), ...end.slice(common)].join('/');
}
