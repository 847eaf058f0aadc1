import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const version = '2023_2';

/** The vendor's own service description, unpacked, and a check of messages against its schemas. */
export interface VendorDescription {
  version: string;
  wsdl: string;
  /** What `xmllint` says against each message; empty when all are valid. */
  validate(messages: Record<string, string>): string[];
  close(): void;
}

/** Why the description cannot be used here, or null. */
export function whyNoDescription(specs: string | undefined): string | null {
  if (!specs) return 'VENDOR_SPECS does not name a folder with netsuite-wsdl';
  return spawnSync('xmllint', ['--version']).status === 0 ? null : 'xmllint is missing (Debian: libxml2-utils)';
}

export function openDescription(specs: string): VendorDescription {
  const folder = mkdtempSync(join(tmpdir(), 'netsuite-wsdl-'));
  const archive = join(specs, 'netsuite-wsdl', `v${version}.tar.gz`);
  const unpacked = spawnSync('tar', ['xzf', archive, '-C', folder, '--strip-components=1']);
  if (unpacked.status !== 0) throw new Error(`tar could not unpack ${archive}`);
  const schema = join(folder, 'envelope.xsd');
  writeFileSync(schema, envelopeSchema(join(folder, 'xsd')));

  return {
    version,
    wsdl: join(folder, 'netsuite.wsdl'),
    validate(messages) {
      const files = Object.entries(messages).map(([name, text], index) => {
        const file = join(folder, `${index}-${name.replace(/\W+/g, '-')}.xml`);
        writeFileSync(file, text);
        return file;
      });
      const { stderr, status } = spawnSync('xmllint', ['--noout', '--schema', schema, ...files], { encoding: 'utf8' });
      if (status === 0) return [];
      return stderr.split('\n').filter((line) => line !== '' && !line.endsWith(' validates'));
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}

/** SOAP's own envelope in a few words, with every schema of the vendor: what stands in it is judged strictly. */
function envelopeSchema(folder: string): string {
  const imports = readdirSync(folder).map((file) => {
    const [, namespace] = /targetNamespace="([^"]+)"/.exec(readFileSync(join(folder, file), 'utf8')) ?? [];
    return `<xs:import namespace="${namespace}" schemaLocation="xsd/${file}"/>`;
  });
  const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="${soap}" targetNamespace="${soap}" elementFormDefault="qualified">
  ${imports.join('\n  ')}
  <xs:element name="Envelope"><xs:complexType><xs:sequence>
    <xs:element name="Header" minOccurs="0"><xs:complexType><xs:sequence>
      <xs:any namespace="##other" minOccurs="0" maxOccurs="unbounded" processContents="strict"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="Body"><xs:complexType><xs:choice>
      <xs:element ref="s:Fault"/><xs:any namespace="##other" processContents="strict"/></xs:choice></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="Fault"><xs:complexType><xs:sequence>
    <xs:element name="faultcode" form="unqualified" type="xs:QName"/>
    <xs:element name="faultstring" form="unqualified" type="xs:string"/>
    <xs:element name="detail" form="unqualified"><xs:complexType><xs:sequence>
      <xs:any namespace="##other" maxOccurs="unbounded" processContents="lax"/></xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>`;
}
