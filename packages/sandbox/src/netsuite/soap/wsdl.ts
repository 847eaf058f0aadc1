import type { VendorReply } from '../../vendor/reply.ts';
import { core } from './core-types.ts';
import { faults, messages, operationNames } from './message-types.ts';
import type { Prefix } from './namespaces.ts';
import { namespaceOf, prefixes, wsdlPath, xsdPath } from './namespaces.ts';
import { recordSchemas } from './record-types.ts';
import type { Xml } from './xml.ts';
import { element } from './xml.ts';
import type { Schema } from './xsd.ts';
import { relative, writeSchema } from './xsd.ts';

const schemas: Schema[] = [core, messages, faults, ...recordSchemas];
const schemaOf = (prefix: Prefix) => schemas.find((schema) => schema.prefix === prefix);
const descriptionPath = /^\/(?:wsdl|xsd\/\w+)\/v(\d{4}_\d)_0\/\w+\.(?:wsdl|xsd)$/;

/** Serves the service description and its schema files, or null for another path. */
export function answerDescription(url: URL): VendorReply | null {
  const version = descriptionPath.exec(url.pathname)?.[1];
  if (version === undefined) return null;
  const prefix = prefixes.find((each) => xsdPath(each, version) === url.pathname);
  const schema = prefix && schemaOf(prefix);
  if (schema) return xml(writeSchema(schema, version));
  return url.pathname === wsdlPath(version) ? xml(writeWsdl(url.origin, version)) : null;
}

const xml = (body: string): VendorReply => ({
  status: 200,
  headers: { 'content-type': 'text/xml;charset=utf-8' },
  body,
});

function writeWsdl(origin: string, version: string): string {
  const target = `urn:platform_${version}.webservices.netsuite.com`;
  const imports = prefixes.map((prefix) =>
    element('xsd:import', {
      namespace: namespaceOf(prefix, version),
      schemaLocation: relative(wsdlPath(version), xsdPath(prefix, version)),
    }),
  );
  const port = element(
    'port',
    { name: 'NetSuitePort', binding: 'tns:NetSuiteBinding' },
    element('soap:address', { location: `${origin}/services/NetSuitePort_${version}` }),
  );
  const definitions = element(
    'definitions',
    {
      xmlns: 'http://schemas.xmlsoap.org/wsdl/',
      'xmlns:soap': 'http://schemas.xmlsoap.org/wsdl/soap/',
      'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
      'xmlns:tns': target,
      'xmlns:platformMsgs': namespaceOf('platformMsgs', version),
      targetNamespace: target,
    },
    element('types', {}, element('xsd:schema', { elementFormDefault: 'qualified' }, ...imports)),
    ...operationNames.flatMap((name) => [
      message(`${name}Request`, name),
      message(`${name}Response`, `${name}Response`),
    ]),
    element('portType', { name: 'NetSuitePortType' }, ...operationNames.map(portOperation)),
    binding(),
    element('service', { name: 'NetSuiteService' }, port),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${definitions.xml}`;
}

const message = (name: string, part: string): Xml =>
  element('message', { name }, element('part', { name: 'parameters', element: `platformMsgs:${part}` }));

const portOperation = (name: string): Xml =>
  element(
    'operation',
    { name },
    element('input', { name: `${name}Request`, message: `tns:${name}Request` }),
    element('output', { name: `${name}Response`, message: `tns:${name}Response` }),
  );

function binding(): Xml {
  const body = element('soap:body', { use: 'literal' });
  const operations = operationNames.map((name) =>
    element(
      'operation',
      { name },
      element('soap:operation', { soapAction: name }),
      element('input', { name: `${name}Request` }, body),
      element('output', { name: `${name}Response` }, body),
    ),
  );
  return element(
    'binding',
    { name: 'NetSuiteBinding', type: 'tns:NetSuitePortType' },
    element('soap:binding', { style: 'document', transport: 'http://schemas.xmlsoap.org/soap/http' }),
    ...operations,
  );
}
