import type { Drift, DriftKind } from '@customer360/testing/drift';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';

/** An element as the parser keeps it: its name over its children, and its attributes beside it. */
type Node = Record<string, unknown>;

const attributesKey = ':@';
const format = { ignoreAttributes: false, attributeNamePrefix: '', preserveOrder: true, trimValues: true };
const parser = new XMLParser({ ...format, parseTagValue: false, parseAttributeValue: false });
const builder = new XMLBuilder({ ...format, suppressEmptyNode: true });

const nameOf = (node: Node) => Object.keys(node).find((key) => key !== attributesKey) ?? '';
const local = (name: string) => name.replace(/^.*:/, '');
const childrenOf = (node: Node) => (Array.isArray(node[nameOf(node)]) ? (node[nameOf(node)] as Node[]) : []);
const attributesOf = (node: Node) => (node[attributesKey] ?? {}) as Record<string, string>;
const isText = (node: Node) => nameOf(node) === '#text';
const textOf = (node: Node) => childrenOf(node).find(isText)?.['#text'];

/** Elements that are alike but for their values: of each kind one is enough. */
function samples(nodes: readonly Node[]): Set<Node> {
  const kinds = new Map<string, Node>();
  for (const node of nodes.filter((each) => !isText(each))) {
    const fields = childrenOf(node).map((child) =>
      local(nameOf(child)) === 'type' ? JSON.stringify(child) : nameOf(child),
    );
    const key = [nameOf(node), attributesOf(node)['xsi:type'], ...fields].join();
    if (!kinds.has(key)) kinds.set(key, node);
  }
  return new Set(kinds.values());
}

/** Every single change of every element and attribute in the body of a SOAP envelope. */
export function driftsOfEnvelope(xml: string, enumerated: ReadonlySet<string>): Drift[] {
  const root = parser.parse(xml) as Node[];
  const drifts: Drift[] = [];
  const add = (kind: DriftKind, path: readonly string[], tree: Node[], holdsOthers = false) =>
    drifts.push({ kind, path: path.join('.'), field: path.at(-1) ?? '', holdsOthers, body: builder.build(tree) });

  const visit = (nodes: Node[], path: readonly string[], rebuild: (changed: Node[]) => Node[]) => {
    const chosen = samples(nodes);
    nodes.forEach((node, index) => {
      if (!chosen.has(node)) return;
      const name = nameOf(node);
      const own = [...path, local(name)];
      const put = (...others: Node[]) => rebuild(nodes.toSpliced(index, 1, ...others));
      const children = childrenOf(node);
      const text = textOf(node);
      const isData = own.length > 3;

      if (isData) {
        const holdsOthers = text === undefined;
        add('missing', own, put(), holdsOthers);
        add('null', own, put({ [name]: [], [attributesKey]: { 'xsi:nil': 'true' } }), holdsOthers);
        const wrong = text === undefined ? [{ '#text': 'text' }] : [{ unexpected: [{ '#text': 'x' }] }];
        add('wrong type', own, put({ ...node, [name]: wrong }), holdsOthers);
        if (typeof text === 'string' && /^-?[\d.]+[T:\-Z\d.+]*$/.test(text)) {
          add('unreadable', own, put({ ...node, [name]: [{ '#text': 'n/a' }] }));
        }
        if (enumerated.has(local(name))) add('unknown value', own, put({ ...node, [name]: [{ '#text': '_new' }] }));
        if (text === undefined) {
          add('extra field', own, put({ ...node, [name]: [...children, { [`${name}New`]: [{ '#text': 'new' }] }] }));
        }
      }
      for (const [attribute, value] of Object.entries(attributesOf(node))) {
        if (!isData || attribute.startsWith('xmlns')) continue;
        const { [attribute]: _, ...rest } = attributesOf(node);
        add('missing', [...own, local(attribute)], put({ ...node, [attributesKey]: rest }));
        if (enumerated.has(attribute)) {
          const other = value.replace(/\w+$/, 'SomethingNew');
          const changed = { ...node, [attributesKey]: { ...rest, [attribute]: other } };
          add('unknown value', [...own, local(attribute)], put(changed));
        }
      }
      visit(children, own, (changed) => put({ ...node, [name]: changed }));
    });
  };
  const envelope = root.findIndex((node) => local(nameOf(node)) === 'Envelope');
  const content = childrenOf(root[envelope] ?? {});
  const body = content.findIndex((node) => local(nameOf(node)) === 'Body');
  const inBody = (changed: Node[]) => {
    const bodyNode = content[body] ?? {};
    const envelopeNode = root[envelope] ?? {};
    const withBody = content.with(body, { ...bodyNode, [nameOf(bodyNode)]: changed });
    return root.with(envelope, { ...envelopeNode, [nameOf(envelopeNode)]: withBody });
  };
  visit(childrenOf(content[body] ?? {}), ['Envelope', 'Body'], inBody);
  return drifts;
}
