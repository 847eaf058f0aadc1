import type { Control } from '../../vendor/control.ts';
import { status } from './envelope.ts';
import { noSuchRecord, SoapFault, StatusError, unexpected } from './errors.ts';
import type { FoundRecord, RecordReader } from './records.ts';
import { definitionOf, writeRecord } from './records.ts';
import type { Xml, XmlNode } from './xml.ts';
import { child, children, element } from './xml.ts';

const maxRecords = 1000;

interface Reference {
  type: string;
  by: 'id' | 'externalid';
  key: string;
}

/** `get`: one record by internal or external id. */
export function readOne(reader: RecordReader, version: string, request: XmlNode): Xml {
  const [answer] = readReferences(reader, version, children(request, 'baseRef').slice(0, 1));
  return answer ?? writeResponse(version, new StatusError('USER_ERROR', 'A baseRef is required.'));
}

/** `getList`: up to 1000 records, each with its own status, in the order asked. */
export function readMany(
  reader: RecordReader,
  control: Control,
  version: string,
  request: XmlNode,
  isAsynchronous = false,
): Xml {
  const limit = isAsynchronous ? 2 * maxRecords : maxRecords;
  const references = children(request, 'baseRef');
  if (references.length > limit) {
    const message = `The maximum number of records is ${limit}.`;
    throw new SoapFault('exceededRecordCountFault', 'MAX_RCRDS_EXCEEDED', message);
  }
  const responses = readReferences(reader, version, references).map((response) =>
    control.failsPartly() ? writeResponse(version, unexpected()) : response,
  );
  return element('readResponseList', {}, status(version, null, true), ...responses);
}

function readReferences(reader: RecordReader, version: string, nodes: XmlNode[]): Xml[] {
  const references = nodes.map(toReference);
  const groups = Map.groupBy(references, ({ type, by }) => `${type} ${by}`);
  const found = new Map<string, FoundRecord>();
  for (const [group, members] of groups) {
    const [type = '', by] = group.split(' ');
    const definition = definitionOf(type);
    if (!definition || (by === 'externalid' && definition.prefix === 'listAcct')) continue;
    const keys = members.map(({ key }) => (by === 'id' ? Number(key) : key));
    const records = reader.load(definition, by as Reference['by'], keys, true);
    for (const [key, record] of records) found.set(`${group} ${key}`, record);
  }
  return references.map((reference) => {
    if (!definitionOf(reference.type)) {
      return writeResponse(version, new StatusError('INVALID_KEY_OR_REF', `Invalid record type ${reference.type}.`));
    }
    return writeResponse(version, found.get(`${reference.type} ${reference.by} ${reference.key}`) ?? noSuchRecord());
  });
}

/** The id may come as an attribute or as a child element. */
function toReference(node: XmlNode): Reference {
  const part = (name: string) => node.attributes[name] ?? child(node, name)?.text;
  const internalId = part('internalId');
  return {
    type: part('type') ?? '',
    by: internalId === undefined ? 'externalid' : 'id',
    key: internalId ?? part('externalId') ?? '',
  };
}

function writeResponse(version: string, answer: FoundRecord | StatusError): Xml {
  if (answer instanceof StatusError) return element('readResponse', {}, status(version, answer, true));
  return element('readResponse', {}, status(version, null, true), writeRecord('record', version, answer));
}
