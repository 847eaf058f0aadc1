import { randomBytes } from 'node:crypto';
import * as soap from 'soap';
import { encode, hmac, soapBase } from '../src/netsuite/auth/tba.ts';
import { netsuiteCredentials } from '../src/netsuite/credentials.ts';
import type { Prefix } from '../src/netsuite/soap/namespaces.ts';
import { namespaceOf, prefixes } from '../src/netsuite/soap/namespaces.ts';

const key = `${encode(netsuiteCredentials.consumerSecret)}&${encode(netsuiteCredentials.tokenSecret)}`;

export function signPassport(changes: { nonce?: string; timestamp?: string; secret?: string } = {}) {
  const login = {
    account: netsuiteCredentials.account,
    consumerKey: netsuiteCredentials.consumerKey,
    token: netsuiteCredentials.tokenId,
    nonce: changes.nonce ?? randomBytes(12).toString('hex'),
    timestamp: changes.timestamp ?? String(Math.floor(Date.now() / 1000)),
  };
  return { ...login, signature: hmac(changes.secret ?? key, soapBase(login)) };
}

/** A header as the `soap` client writes it. */
export function passportHeader() {
  const { signature, ...login } = signPassport();
  const named = Object.entries(login).map(([name, value]) => [`platformCore:${name}`, value]);
  return {
    'platformMsgs:tokenPassport': {
      ...Object.fromEntries(named),
      'platformCore:signature': { attributes: { algorithm: 'HMAC-SHA256' }, $value: signature },
    },
  };
}

/** Nothing typed: the answers are judged by the tests. */
// biome-ignore lint/suspicious/noExplicitAny: what a client for a loaded description returns cannot be typed.
export type Answer = any;

export interface Client {
  call(operation: string, request: object): Promise<Answer>;
  raw: soap.Client;
}

/** The npm `soap` client, loaded from the served description and told the namespaces it must write. */
export async function createSoapClient(
  url: string,
  version = '2023_1',
  preferences?: object,
  wsdl = `${url}/wsdl/v${version}_0/netsuite.wsdl`,
): Promise<Client> {
  const raw = await soap.createClientAsync(wsdl, {
    endpoint: `${url}/services/NetSuitePort_${version}`,
    useEmptyTag: true,
    namespaceArrayElements: true,
  });
  const names = Object.fromEntries(prefixes.map((prefix: Prefix) => [prefix, namespaceOf(prefix, version)]));
  const { wsdl: loaded } = raw as unknown as {
    wsdl: { definitions: { xmlns: object }; xmlnsInEnvelope: string; _xmlnsMap(): string };
  };
  Object.assign(loaded.definitions.xmlns, names);
  loaded.xmlnsInEnvelope = loaded._xmlnsMap();
  raw.addSoapHeader(passportHeader);
  if (preferences) raw.addSoapHeader({ 'platformMsgs:searchPreferences': preferences });
  return {
    raw,
    call: async (operation, request) => {
      const methods = raw as unknown as Record<string, (request: object) => Promise<[Answer]>>;
      const [answer] = await (methods[`${operation}Async`]?.(request) ?? []);
      return answer;
    },
  };
}

/** Posts an envelope written by hand. */
export async function postEnvelope(url: string, body: string, header?: string, path = '/services/NetSuitePort_2023_1') {
  const envelope = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Header>${header ?? looseHeader()}</soapenv:Header>
    <soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
  const answer = await fetch(`${url}${path}`, { method: 'POST', body: envelope, headers: { soapaction: 'search' } });
  return { status: answer.status, text: await answer.text() };
}

/** A passport as lenient clients write it: no namespaces, the other spelling of the algorithm. */
export function looseHeader(passport = signPassport(), algorithm = 'HMAC_SHA256'): string {
  const { signature, ...login } = passport;
  const children = Object.entries(login).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<tokenPassport>${children.join('')}<version>1.0</version><signature algorithm="${algorithm}">${signature}</signature></tokenPassport>`;
}
