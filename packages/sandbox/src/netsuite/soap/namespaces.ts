/** Every schema the sandbox writes: its customary prefix, namespace parts and folder. */
const schemas = {
  platformMsgs: ['messages', 'platform', 'platform'],
  platformCore: ['core', 'platform', 'platform'],
  platformCommon: ['common', 'platform', 'platform'],
  platformFaults: ['faults', 'platform', 'platform'],
  listRel: ['relationships', 'lists', 'lists'],
  listAcct: ['accounting', 'lists', 'lists'],
  tranSales: ['sales', 'transactions', 'transactions'],
  tranPurch: ['purchases', 'transactions', 'transactions'],
  tranCust: ['customers', 'transactions', 'transactions'],
} as const;

export type Prefix = keyof typeof schemas;

export const prefixes = Object.keys(schemas) as Prefix[];

export const defaultVersion = '2023_1';

export const xsiNamespace = 'http://www.w3.org/2001/XMLSchema-instance';
export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The namespace of a schema at an endpoint version such as `2023_1`. */
export function namespaceOf(prefix: Prefix, version: string): string {
  const [name, family] = schemas[prefix];
  return `urn:${name}_${version}.${family}.webservices.netsuite.com`;
}

export function xsdPath(prefix: Prefix, version: string): string {
  const [name, , folder] = schemas[prefix];
  return `/xsd/${folder}/v${version}_0/${name}.xsd`;
}

export const wsdlPath = (version: string) => `/wsdl/v${version}_0/netsuite.wsdl`;
