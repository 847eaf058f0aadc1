import { organizationId } from '../org.ts';
import type { Json } from '../records/input.ts';

/** One notification of a record, with the values that were chosen. */
export interface Notification {
  id: string;
  object: string;
  values: Json;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const escapeText = (text: string) => text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);

/** Fields without a value are left out; instants end with Z in XML. */
const fields = (values: Json) =>
  Object.entries(values)
    .filter(([, value]) => value !== null && typeof value !== 'object')
    .map(([name, value]) => `<sf:${name}>${escapeText(String(value).replace(/\.000\+0000$/, '.000Z'))}</sf:${name}>`)
    .join('');

const notification = ({ id, object, values }: Notification) =>
  `<Notification><Id>${id}</Id><sObject xsi:type="sf:${object}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">${fields(values)}</sObject></Notification>`;

/** The SOAP message that an org sends to whoever is to know. */
export function writeEnvelope(notifications: Notification[], actionId: string, origin: string): string {
  const soap = `${origin}/services/Soap`;
  const org = organizationId.slice(0, 15);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    '<soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound">',
    `<OrganizationId>${organizationId}</OrganizationId><ActionId>${actionId}</ActionId><SessionId xsi:nil="true"/>`,
    `<EnterpriseUrl>${soap}/c/57.0/${org}</EnterpriseUrl><PartnerUrl>${soap}/u/57.0/${org}</PartnerUrl>`,
    ...notifications.map(notification),
    '</notifications></soapenv:Body></soapenv:Envelope>',
  ].join('\n');
}

/** Whether an answer says that the message was understood. */
export const isAcknowledged = (status: number, body: string) =>
  status === 200 && /<(?:\w+:)?Ack>\s*(?:true|1)\s*<\/(?:\w+:)?Ack>/.test(body);
