import type { Draft, DraftValue } from '../writing/drafts.ts';
import type { XmlNode } from './xml.ts';
import { child, children } from './xml.ts';

/** Reads a `record` element: fields, its item and apply lists, and the fields it empties. */
export function readDraft(record: XmlNode): Draft {
  const externalId = partOf(record, 'externalId');
  const draft: Draft = { fields: externalId === undefined ? {} : { externalId } };
  for (const node of record.children) {
    if (node.name === 'nullFieldList') for (const name of children(node, 'name')) draft.fields[name.text] = null;
    else if (node.name === 'itemList') {
      draft.items = children(node, 'item').map(readFields);
      draft.replaceItems = node.attributes.replaceAll !== 'false';
    } else if (node.name === 'applyList') draft.applies = children(node, 'apply').map(readFields);
    else if (node.name !== 'internalId' && node.name !== 'externalId') draft.fields[node.name] = readValue(node);
  }
  return draft;
}

const readFields = (node: XmlNode): Record<string, DraftValue> =>
  Object.fromEntries(node.children.map((each) => [each.name, readValue(each)]));

function readValue(node: XmlNode): DraftValue {
  const [id, externalId] = [partOf(node, 'internalId'), partOf(node, 'externalId')];
  if (id !== undefined) return { id };
  if (externalId !== undefined) return { externalId };
  return node.text;
}

/** Ids may come as attributes or as child elements. */
export const partOf = (node: XmlNode, name: string) => node.attributes[name] ?? child(node, name)?.text;
