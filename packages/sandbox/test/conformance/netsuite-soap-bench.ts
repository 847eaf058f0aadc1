import type { VendorDescription } from '@customer360/testing/netsuite-xsd';
import { openDescription } from '@customer360/testing/netsuite-xsd';
import type { Answer, Client } from '../netsuite-soap-support.ts';
import { createSoapClient } from '../netsuite-soap-support.ts';
import type { Sandbox } from '../netsuite-support.ts';
import { startSandbox } from '../netsuite-support.ts';

/** The npm `soap` client on the vendor's own description, talking to a sandbox; every message is kept. */
export interface Bench {
  netsuite: Sandbox;
  vendor: VendorDescription;
  messages: Record<string, string>;
  call(operation: string, request: object, by?: Client): Promise<Answer>;
  /** A client with other search preferences. */
  prefer(preferences: object): Promise<Client>;
  close(): Promise<void>;
}

export async function openBench(specs: string): Promise<Bench> {
  const vendor = openDescription(specs);
  const netsuite = await startSandbox();
  const messages: Record<string, string> = {};
  const prefer = (preferences: object) => createSoapClient(netsuite.url, vendor.version, preferences, vendor.wsdl);
  const whole = await prefer({ 'platformMsgs:bodyFieldsOnly': false });

  return {
    netsuite,
    vendor,
    messages,
    prefer,
    async call(operation, request, by = whole) {
      try {
        return await by.call(operation, request);
      } finally {
        const number = Object.keys(messages).length;
        messages[`${number} ${operation} request`] = by.raw.lastRequest ?? '';
        messages[`${number} ${operation} answer`] = by.raw.lastResponse ?? '';
      }
    },
    async close() {
      await netsuite.close();
      vendor.close();
    },
  };
}

export const anyOf = (values: unknown[]) => ({ attributes: { operator: 'anyOf' }, 'platformCore:searchValue': values });

export const value = (operator: string, ...values: unknown[]) => ({
  attributes: { operator },
  ...Object.fromEntries(values.map((each, index) => [`platformCore:searchValue${index === 0 ? '' : index + 1}`, each])),
});

export const ref = (attributes: object) => ({ attributes: { 'xsi:type': 'platformCore:RecordRef', ...attributes } });

export const search = (type: string, basic: object, joins: object = {}) => ({
  searchRecord: { attributes: { 'xsi:type': type }, [`${type.split(':')[0]}:basic`]: basic, ...joins },
});

/** A record to write, its fields in the order of the schema. */
export function record(type: string, attributes: object, fields: object) {
  const [prefix] = type.split(':');
  const named = Object.entries(fields).map(([name, value]) => [`${prefix}:${name}`, value]);
  return { record: { attributes: { 'xsi:type': type, ...attributes }, ...Object.fromEntries(named) } };
}

export const items = (prefix: string, ...lines: object[]) => ({
  [`${prefix}:item`]: lines.map((line) =>
    Object.fromEntries(Object.entries(line).map(([name, value]) => [`${prefix}:${name}`, value])),
  ),
});
