import { createLogger } from '@customer360/kit/logger';
import * as marketo from '@customer360/marketo/config';
import * as netsuite from '@customer360/netsuite/config';
import * as salesforce from '@customer360/salesforce/config';
import { startTraceCollector } from '@customer360/testing/trace-collector';
import { vendorNames } from '../src/addresses.ts';
import { operations } from '../src/faults/operations.ts';
import type { BadAnswerCase, Twin } from './bad-answers/twin.ts';
import { startTwin } from './bad-answers/twin.ts';
import { richAccount } from './expected.ts';
import { startProduct } from './product.ts';

const canary = 'c4n4ry';

/** What vendors answer here has one in every place where something can be said. */
const answers: BadAnswerCase[] = [200, 400, 401, 403, 429, 500, 503].map((status) => ({
  name: String(status),
  make: () => ({
    status,
    headers: {
      'x-request-id': canary,
      'set-cookie': `session=${canary}`,
      'www-authenticate': `Bearer realm="${canary}"`,
    },
    body: JSON.stringify([{ errorCode: canary, message: canary, error: canary, errors: [{ code: canary }] }]),
  }),
}));

/** Secrets as a service is given them; of a key, each line of it. */
function secretsOf(): string[] {
  const { machine, token } = netsuite.readConfig({}).netsuite;
  const { clientSecret, refreshToken } = salesforce.readConfig({}).salesforce;
  const key = machine.privateKey.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
  return [
    ...key,
    token.consumerSecret,
    token.tokenSecret,
    clientSecret,
    refreshToken,
    marketo.readConfig({}).marketo.clientSecret,
  ];
}

/** The parts of what a vendor heard that open something. */
const tokensIn = (heard: readonly string[]) => [
  ...new Set(
    heard.flatMap((text) => text.match(/(?<=Bearer )\S+|(?<=(?:assertion|token|secret|signature)=)[^&",]{8,}/g) ?? []),
  ),
];

test.each(['rest', 'soap'])('no secret and no word of a vendor gets out (NetSuite over %s)', async (transport) => {
  await using collector = await startTraceCollector();
  const lines: string[] = [];
  const twins: Twin[] = [];
  await using ends = new AsyncDisposableStack();
  await using product = await startProduct({
    size: 60,
    logger: createLogger('test', 'trace', { write: (line) => void lines.push(line) }),
    env: {
      OPERATION_CACHE: 'false',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      NETSUITE_TRANSPORT: transport,
      NETSUITE_TIMEOUT_MS: '500',
    },
    async through(part, url) {
      if (!part.endsWith('Sandbox')) return url;
      const twin = ends.use(await startTwin(url, (path) => !path.includes('wsdl')));
      twins.push(twin);
      return twin.url;
    },
  });
  const accountId = richAccount(product.world);
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${canary}`,
    cookie: `session=${canary}`,
    'x-api-key': canary,
  };
  const told: string[] = [];
  const ask = async (url: string, body: object) => {
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
    told.push(JSON.stringify([...response.headers]), await response.text());
  };
  const askAll = () =>
    Promise.all([
      ...Object.values(operations).map(({ text }) =>
        ask(product.gateway.url, { query: text, variables: { accountId, first: 5 } }),
      ),
      ...vendorNames.map((name) => ask(product.subgraphs[name].url, { query: '{ __typename }' })),
      ask(product.gateway.url, { query: '{ nothing' }),
    ]);

  await askAll();
  for (const bad of answers) {
    for (const twin of twins) twin.spoil(bad);
    await askAll();
  }
  for (const name of vendorNames) product.setFaults(name, { outage: 'hang' });
  for (const twin of twins) twin.spoil(null);
  await Promise.all(
    Object.values(operations)
      .slice(0, 1)
      .map(({ text }) => ask(product.gateway.url, { query: text, variables: { accountId } })),
  );
  const metrics = await Promise.all(
    [product.gateway, ...Object.values(product.subgraphs)].map(async ({ url }) =>
      (await fetch(`${url}/metrics`)).text(),
    ),
  );
  await collector.until((spans) => spans.length > 20);

  const tokens = tokensIn(twins.flatMap(({ heard }) => heard));
  const out = {
    logs: lines.join(''),
    metrics: metrics.join(''),
    traces: JSON.stringify(collector.spans),
    told: told.join(''),
  };
  // There was something to find, and there were places to find it in.
  expect(tokens.length).toBeGreaterThan(2);
  expect(twins.every((twin) => twin.spoilt() > 0)).toBe(true);
  expect(out.logs).toContain('subgraph');
  expect(out.metrics).toContain('vendor_breaker_state');
  expect(collector.spans.length).toBeGreaterThan(20);
  expect(out.told).toContain('UPSTREAM_');
  for (const [place, text] of Object.entries(out)) {
    const found = [canary, ...secretsOf(), ...tokens].filter((secret) => text.includes(secret));
    expect({ place, found }).toEqual({ place, found: [] });
  }
});
