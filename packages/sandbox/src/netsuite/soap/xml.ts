import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** Markup that is already escaped. Text becomes markup only through `element`. */
export interface Xml {
  readonly xml: string;
}

type Content = Xml | string | number | boolean | null | undefined;
type Attributes = Record<string, string | number | boolean | null | undefined>;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** The one place where text becomes XML; what XML 1.0 cannot carry is dropped. */
const escapeXml = (text: string) =>
  text.replace(/[^\t\n\r -\ufffd]/g, '').replace(/[&<>"']/g, (char) => escapes[char] ?? char);

/** An element; attributes without a value are left out. */
export function element(name: string, attributes: Attributes, ...contents: Content[]): Xml {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('');
  const inside = contents.map(toMarkup).join('');
  return { xml: inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>` };
}

function toMarkup(content: Content): string {
  if (content === null || content === undefined) return '';
  return typeof content === 'object' ? content.xml : escapeXml(String(content));
}

/** A parsed element: names without their prefix, as working clients disagree on prefixes. */
export interface XmlNode {
  name: string;
  attributes: Record<string, string>;
  /** The local name in `xsi:type`. */
  xsiType: string;
  children: XmlNode[];
  text: string;
}

export class XmlError extends Error {}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

type Parsed = Record<string, Parsed[] | Record<string, string> | string>;

/** Parses a document. A document type is refused unread, so that no entity can be declared. */
export function parseXml(text: string): XmlNode {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new XmlError('A document type is not allowed.');
  if (XMLValidator.validate(text) !== true) throw new XmlError('The request is not well-formed XML.');
  const [root] = (parser.parse(text) as Parsed[]).map(toNode).filter((node) => node !== null);
  if (!root) throw new XmlError('The request is empty.');
  return root;
}

function toNode(parsed: Parsed): XmlNode | null {
  const tag = Object.keys(parsed).find((key) => key !== ':@');
  const inside = tag === undefined ? undefined : parsed[tag];
  if (tag === undefined || !Array.isArray(inside)) return null;
  const node: XmlNode = { name: localName(tag), attributes: {}, xsiType: '', children: [], text: '' };
  for (const [key, value] of Object.entries((parsed[':@'] ?? {}) as Record<string, string>)) {
    // `type` is also an attribute of references: only the prefixed one names the schema type.
    if (key.endsWith(':type')) node.xsiType = localName(decode(value));
    else node.attributes[localName(key)] = decode(value);
  }
  for (const child of inside) {
    if (typeof child['#text'] === 'string') node.text += decode(child['#text']);
    const made = toNode(child);
    if (made) node.children.push(made);
  }
  node.text = node.text.trim();
  return node;
}

export const localName = (name: string) => name.slice(name.indexOf(':') + 1);

export const child = (node: XmlNode | undefined, name: string) => node?.children.find((each) => each.name === name);
export const children = (node: XmlNode | undefined, name: string) =>
  node?.children.filter((each) => each.name === name) ?? [];

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
