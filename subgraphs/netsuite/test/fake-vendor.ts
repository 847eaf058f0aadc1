import type { VendorAnswer, VendorCall, VendorHttp } from '@customer360/kit/http';
import { createVendorHttp } from '@customer360/kit/http';
import { createVendorPolicy } from '@customer360/kit/policy';
import { createTokenSource } from '@customer360/kit/token';
import type { NetSuiteClient } from '../src/model.ts';
import { createRestClient } from '../src/rest/client.ts';
import { createSuiteQl } from '../src/rest/suiteql.ts';
import { createSoapClient } from '../src/soap/client.ts';
import { createSoapConnection } from '../src/soap/connection.ts';
import { configFor } from './support.ts';

export type Script = (call: VendorCall) => Partial<VendorAnswer>;

const answerWith = (script: Script): VendorHttp => ({
  send: async (call) => ({ status: 200, headers: {}, text: '', ...script(call) }),
});

/** The REST client with a token in hand, before answers made up by a script. */
export function restAnswered(script: Script): NetSuiteClient {
  const policy = createVendorPolicy({ system: 'NETSUITE' });
  const issued = ['token'];
  const fetchToken = async () => ({ token: issued.shift() ?? 'renewed', expiresInMs: 3_600_000 });
  const tokens = createTokenSource({ system: 'NETSUITE', fetchToken });
  return createRestClient(createSuiteQl({ http: answerWith(script), policy, tokens, baseUrl: 'http://netsuite.test' }));
}

/** The SOAP client with the sandbox's service description, before answers made up by a script. */
export function soapAnswered(sandboxUrl: string, script: Script): NetSuiteClient {
  const sandbox = createVendorHttp({ system: 'NETSUITE' });
  const scripted = answerWith(script);
  const http: VendorHttp = { send: (call) => (call.method === 'GET' ? sandbox : scripted).send(call) };
  const policy = createVendorPolicy({ system: 'NETSUITE' });
  return createSoapClient(createSoapConnection({ http, policy, settings: configFor(sandboxUrl).netsuite }));
}
