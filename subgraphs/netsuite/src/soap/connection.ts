import { UpstreamError } from '@customer360/kit/errors';
import type { VendorHttp } from '@customer360/kit/http';
import type { VendorPolicy } from '@customer360/kit/policy';
import type { Client } from 'soap';
import { createClientAsync } from 'soap';
import { describeSoapFailure } from './faults.ts';
import type { CallOptions } from './http-client.ts';
import { createSoapHttp } from './http-client.ts';
import { createLoginGate } from './login-gate.ts';
import { namespaces } from './namespaces.ts';
import type { SoapToken } from './passport.ts';
import { freshStamp, passportHeader } from './passport.ts';
import type { Body } from './query.ts';

export type Operation = 'search' | 'searchMoreWithId' | 'getPostingTransactionSummary';

export interface SoapConnection {
  /**
   * Calls an operation and reads the parsed content of its response element, inside the policy: it sees what `read`
   * finds wrong.
   *
   * @throws {UpstreamError}
   */
  call<Result>(operation: Operation, body: Body, read: (answer: unknown) => Result): Promise<Result>;
  /** Reads the service description ahead of the first call. */
  warmUp(): Promise<void>;
}

export interface SoapSettings {
  baseUrl: string;
  /** Path or URL of the service description. */
  wsdl: string;
  soapVersion: string;
  token: SoapToken;
}

type Method = (body: Body, options: CallOptions) => Promise<unknown[]>;

const pageSize = 1000;
const asText = (text: string) => text;
/** Numbers keep the digits they were sent with, and dates their day, which a conversion to UTC may change. */
const customDeserializer = Object.fromEntries(
  ['int', 'integer', 'short', 'long', 'double', 'float', 'decimal', 'date', 'dateTime'].map((type) => [type, asText]),
);

/** The SOAP connection: service description, login, limits and faults. Shared by the process. */
export function createSoapConnection(deps: {
  http: VendorHttp;
  policy: VendorPolicy;
  settings: SoapSettings;
}): SoapConnection {
  const { policy } = deps;
  const gate = createLoginGate();
  let connecting: Promise<Client> | undefined;

  // Kept for the process, because reading the vendor's full description takes a second; a failure is not kept.
  const connect = () => {
    connecting ??= openClient(deps).catch((error: unknown) => {
      connecting = undefined;
      if (error instanceof UpstreamError) throw error;
      throw new UpstreamError('NETSUITE', 'malformed', 'the service description cannot be read', { cause: error });
    });
    return connecting;
  };
  // Read ahead: the vendor's description is 47 files, more than one call's deadline may allow.
  connect().catch(() => undefined);

  const invoke = async (client: Client, operation: Operation, body: Body, signal: AbortSignal): Promise<unknown> => {
    const method = (client as unknown as Record<string, Method | undefined>)[`${operation}Async`];
    if (!method) throw new UpstreamError('NETSUITE', 'rejected', `the service description lacks ${operation}`);
    let status: number | undefined;
    try {
      const onAnswer: CallOptions['onAnswer'] = (answer) => {
        status = answer.status;
      };
      const [result] = await method.call(client, body, { signal, onAnswer });
      if (status !== 200) throw describeSoapFailure(undefined, status);
      return result;
    } catch (error) {
      throw describeSoapFailure(error, status);
    }
  };

  return {
    call: (operation, body, read) =>
      policy.run(async (signal) => {
        const client = await connect();
        return read(await gate.run(() => invoke(client, operation, body, signal)));
      }),
    async warmUp() {
      await connect();
    },
  };
}

async function openClient(deps: { http: VendorHttp; settings: SoapSettings }): Promise<Client> {
  const { settings } = deps;
  const client = await createClientAsync(settings.wsdl, {
    endpoint: `${settings.baseUrl}/services/NetSuitePort_${settings.soapVersion}`,
    httpClient: createSoapHttp(deps.http),
    useEmptyTag: true,
    namespaceArrayElements: true,
    customDeserializer,
  });
  declarePrefixes(client, settings.soapVersion);
  // A function, because it is asked for each call: NetSuite refuses a nonce that it has seen.
  client.addSoapHeader(() => ({
    'platformMsgs:tokenPassport': passportHeader(settings.token, freshStamp()),
    'platformMsgs:searchPreferences': { 'platformMsgs:bodyFieldsOnly': 'true', 'platformMsgs:pageSize': pageSize },
  }));
  return client;
}

interface PrivateWsdl {
  definitions: { xmlns: Record<string, string> };
  xmlnsInEnvelope: string;
  _xmlnsMap(): string;
}

/** NetSuite's records are abstract: every child is written with the prefix of its own schema, declared on the envelope. */
function declarePrefixes(client: Client, version: string): void {
  // Private to the library; its version is pinned.
  const wsdl = (client as unknown as { wsdl: PrivateWsdl }).wsdl;
  Object.assign(wsdl.definitions.xmlns, namespaces(version));
  wsdl.xmlnsInEnvelope = wsdl._xmlnsMap();
}
