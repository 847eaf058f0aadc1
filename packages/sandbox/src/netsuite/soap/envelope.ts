import type { VendorReply } from '../../vendor/reply.ts';
import type { Passport } from '../auth/tba.ts';
import type { StatusError } from './errors.ts';
import { SoapFault } from './errors.ts';
import { namespaceOf, soapNamespace, xsiNamespace } from './namespaces.ts';
import type { Xml, XmlNode } from './xml.ts';
import { child, element, parseXml, XmlError } from './xml.ts';

/** A SOAP request taken apart. */
export interface Envelope {
  header: XmlNode | undefined;
  /** The only child of the body: the operation's request. */
  operation: XmlNode;
}

export function readEnvelope(text: string): Envelope {
  try {
    const root = parseXml(text);
    const operation = child(root, 'Body')?.children[0];
    if (root.name !== 'Envelope' || !operation) throw new XmlError('The request is not a SOAP envelope with a body.');
    return { header: child(root, 'Header'), operation };
  } catch (error) {
    if (error instanceof XmlError) throw new SoapFault('unexpectedErrorFault', 'UNEXPECTED_ERROR', error.message);
    throw error;
  }
}

export function readPassport(header: XmlNode | undefined): Passport | null {
  const passport = child(header, 'tokenPassport');
  if (!passport) return null;
  const text = (name: string) => child(passport, name)?.text ?? '';
  return {
    account: text('account'),
    consumerKey: text('consumerKey'),
    token: text('token'),
    nonce: text('nonce'),
    timestamp: text('timestamp'),
    signature: text('signature'),
    algorithm: child(passport, 'signature')?.attributes.algorithm ?? '',
  };
}

const headers = { 'content-type': 'text/xml;charset=utf-8' };
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function soapReply(version: string, nsId: string, operation: string, content: Xml): VendorReply {
  const messages = namespaceOf('platformMsgs', version);
  const documentInfo = element(
    'platformMsgs:documentInfo',
    { 'xmlns:platformMsgs': messages },
    element('platformMsgs:nsId', {}, nsId),
  );
  const envelope = element(
    'soapenv:Envelope',
    { 'xmlns:soapenv': soapNamespace, 'xmlns:xsi': xsiNamespace },
    element('soapenv:Header', {}, documentInfo),
    element('soapenv:Body', {}, element(`${operation}Response`, { xmlns: messages }, content)),
  );
  return { status: 200, headers, body: declaration + envelope.xml };
}

export function faultReply(version: string, { fault, code, message }: SoapFault): VendorReply {
  const detail = element(
    `platformFaults:${fault}`,
    { 'xmlns:platformFaults': namespaceOf('platformFaults', version) },
    element('platformFaults:code', {}, code),
    element('platformFaults:message', {}, message),
  );
  const host = element('ns1:hostname', { 'xmlns:ns1': 'http://xml.apache.org/axis/' }, 'sandbox-1');
  const body = element(
    'soapenv:Fault',
    {},
    element('faultcode', {}, 'soapenv:Server.userException'),
    element('faultstring', {}, message),
    element('detail', {}, detail, host),
  );
  const envelope = element('soapenv:Envelope', { 'xmlns:soapenv': soapNamespace }, element('soapenv:Body', {}, body));
  return { status: 500, headers, body: declaration + envelope.xml };
}

/** A status in the core namespace, which it declares where no ancestor has. */
export function status(version: string, error: StatusError | null, declares = false): Xml {
  const attributes = declares ? { 'xmlns:platformCore': namespaceOf('platformCore', version) } : {};
  if (!error) return element('platformCore:status', { isSuccess: 'true', ...attributes });
  const detail = element(
    'platformCore:statusDetail',
    { type: 'ERROR' },
    element('platformCore:code', {}, error.code),
    element('platformCore:message', {}, error.message),
  );
  return element('platformCore:status', { isSuccess: 'false', ...attributes }, detail);
}
