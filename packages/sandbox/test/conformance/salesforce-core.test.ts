import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { salesforceCredentials } from '../../src/salesforce/credentials.ts';
import type { Org } from '../salesforce-support.ts';
import { startOrg } from '../salesforce-support.ts';

interface Report {
  found: Record<string, unknown>;
  streamed: { handshake: number; answer: string; heard: object };
  signed: { isJwt: boolean; users: number };
}

/** `@salesforce/core`, unchanged, in a process of its own: `salesforce-core-client.ts`. */
let org: Org;
let report: Report;
const home = mkdtempSync(join(tmpdir(), 'salesforce-core-'));
beforeAll(async () => {
  org = await startOrg(600, { holdMs: 1500 });
  const client = join(import.meta.dirname, 'salesforce-core-client.ts');
  const env = { ...process.env, HOME: home, SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_TELEMETRY: 'true' };
  const { stdout } = await promisify(execFile)(process.execPath, [client, org.vendor.url], { env, timeout: 30_000 });
  report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Report;
}, 40_000);
afterAll(async () => {
  await org.close();
  rmSync(home, { recursive: true, force: true });
});

test('the official library logs in with a refresh token and knows user and org', () => {
  expect(report.found.username).toBe(salesforceCredentials.username);
  expect(report.found.orgId).toBe('00DHs0000000001MAA');
  expect(report.found.newest).toBe('68.0');
});

test('the official library writes and reads', () => {
  expect(report.found.created).toBe('From the library');
  expect(report.found.changed).toBe('Changed');
  expect(report.found.fields).toBeGreaterThan(20);
});

test('the official library follows pages', () => {
  const [count] = org.sql('SELECT count(*) AS n FROM sf_opportunity_history');

  expect(report.found.rows).toBe(count?.n);
  expect(report.found.rows).toBeGreaterThan(2000);
});

test('the official library sees errors, and gets a new session when its own has expired', () => {
  expect(report.found.invalid).toBe('INVALID_FIELD');
  expect(report.found.deleted).toBe('ENTITY_IS_DELETED');
  expect(report.found.users).toBe(6);
});

test('the official library streams', () => {
  expect(report.streamed.handshake).toBe(0);
  expect(report.streamed.answer).toBe('done');
  expect(report.streamed.heard).toMatchObject({ event: { type: 'created' }, sobject: { Name: 'Streamed' } });
});

test('the official library logs in with a signed token', () => {
  expect(report.signed).toEqual({ isJwt: true, users: 6 });
});
