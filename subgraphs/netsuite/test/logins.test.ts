import { generateKeyPairSync } from 'node:crypto';
import { ConfigError } from '@customer360/kit/config';
import { UpstreamError } from '@customer360/kit/errors';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { readConfig } from '../src/config.ts';
import { createAssertion } from '../src/rest/assertion.ts';
import { createLoginGate } from '../src/soap/login-gate.ts';
import { sign } from '../src/soap/passport.ts';
import { credentials } from './support.ts';

const url = 'http://netsuite.test/token';

test.each([
  ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ['PS256', generateKeyPairSync('rsa', { modulusLength: 3072 })],
])('the assertion is signed with %s', async (alg, { privateKey, publicKey }) => {
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const machine = { clientId: 'client', certificateId: 'certificate', privateKey: pem };
  const assertion = await createAssertion(machine, url)();
  const { payload } = await jwtVerify(assertion, publicKey, { audience: url, issuer: 'client', algorithms: [alg] });

  expect(decodeProtectedHeader(assertion)).toMatchObject({ alg, kid: 'certificate' });
  expect(payload.scope).toBe('rest_webservices');
  expect(Number(payload.exp) - Number(payload.iat)).toBeLessThanOrEqual(3600);
});

test('the passport’s signature is NetSuite’s', () => {
  const stamp = { nonce: 'N0nceExample12', timestamp: 1795305600 };
  expect(sign(credentials, stamp)).toBe('A9lT3J67W59TdyQqjfp3sQm/IsHfKBSwKf+eElYp1sM=');
});

describe('the login gate', () => {
  const refused = () => Promise.reject(new UpstreamError('NETSUITE', 'credentials', 'refused'));

  test('lets one call try an unproven login, and the others after it', async () => {
    const gate = createLoginGate();
    let running = 0;
    let most = 0;
    const call = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    };
    const first = gate.run(call);
    const others = Array.from({ length: 5 }, () => gate.run(call));
    await first;
    expect(most).toBe(1);
    await Promise.all(others);
    expect(most).toBe(5);
  });

  test('tries a refused login again after half a minute, not before', async () => {
    let now = 0;
    let calls = 0;
    const gate = createLoginGate(() => now);
    const call = () => {
      calls += 1;
      return refused();
    };
    await Promise.allSettled(Array.from({ length: 20 }, () => gate.run(call)));
    now = 29_999;
    await expect(gate.run(call)).rejects.toMatchObject({ fault: 'credentials' });
    expect(calls).toBe(1);
    now = 30_000;
    await expect(gate.run(call)).rejects.toMatchObject({ fault: 'credentials' });
    expect(calls).toBe(2);
  });

  test('repeats a call once when a proven login is refused', async () => {
    const gate = createLoginGate();
    await gate.run(async () => 'in');
    let calls = 0;
    const flaky = async () => {
      calls += 1;
      return calls === 1 ? refused() : 'in again';
    };
    expect(await gate.run(flaky)).toBe('in again');
  });

  test('lets one call speak for all when many are refused together after a success', async () => {
    const gate = createLoginGate();
    await gate.run(async () => 'in');
    let calls = 0;
    const locked = async () => {
      calls += 1;
      await new Promise((resolve) => setTimeout(resolve, calls));
      return refused();
    };
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => gate.run(locked)));
    await expect(gate.run(locked)).rejects.toMatchObject({ fault: 'credentials' });

    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    // Eight were under way when the first refusal came; one more is tried.
    expect(calls).toBe(9);
  });

  test('repeats all that were refused together when the one succeeds', async () => {
    const gate = createLoginGate();
    await gate.run(async () => 'in');
    let calls = 0;
    const overloaded = async () => {
      calls += 1;
      const refuses = calls <= 8;
      await new Promise((resolve) => setTimeout(resolve, 1));
      return refuses ? refused() : 'in again';
    };
    const answers = await Promise.all(Array.from({ length: 8 }, () => gate.run(overloaded)));

    expect(answers).toEqual(Array(8).fill('in again'));
    expect(calls).toBe(16);
  });

  test('leaves other failures alone', async () => {
    const gate = createLoginGate();
    const down = () => Promise.reject(new UpstreamError('NETSUITE', 'unavailable', 'down'));
    await expect(gate.run(down)).rejects.toMatchObject({ fault: 'unavailable' });
    expect(await gate.run(async () => 'in')).toBe('in');
  });
});

describe('settings', () => {
  test('fit the sandbox without any variable', () => {
    const { netsuite, port } = readConfig({});
    expect(port).toBe(4001);
    expect(netsuite).toMatchObject({ transport: 'rest', baseUrl: 'http://127.0.0.1:4101' });
    const { account, clientId, certificateId, privateKey, consumerKey, consumerSecret, tokenId, tokenSecret } =
      credentials;
    expect(netsuite.machine).toEqual({ clientId, certificateId, privateKey });
    expect(netsuite.token).toEqual({ account, consumerKey, consumerSecret, tokenId, tokenSecret });
  });

  test('are refused all at once, by name and without their values', () => {
    const wrong = { PORT: 'wrong-port', NETSUITE_TIME_ZONE: 'Mars/Phobos', NETSUITE_TRANSPORT: 'pigeon' };
    expect(() => readConfig(wrong)).toThrow(ConfigError);
    expect(() => readConfig(wrong)).toThrow(/PORT.*NETSUITE_TRANSPORT.*NETSUITE_TIME_ZONE/);
    expect(() => readConfig(wrong)).not.toThrow(/Mars|pigeon/);
  });

  test('understand a host’s spelling of the account and a key on one line', () => {
    const oneLine = credentials.privateKey.replaceAll('\n', '\\n');
    const { netsuite } = readConfig({ NETSUITE_ACCOUNT: '123-sb1', NETSUITE_PRIVATE_KEY: oneLine });
    expect(netsuite.token.account).toBe('123_SB1');
    expect(netsuite.machine.privateKey).toBe(credentials.privateKey);
  });

  const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  test.each([
    ['nonsense', 'nonsense'],
    ['a public key', generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['a key of another kind', ed25519],
    ['a key on another curve', p384.export({ type: 'pkcs8', format: 'pem' }).toString()],
  ])('name the variable when the private key is %s', (_, key) => {
    expect(() => readConfig({ NETSUITE_PRIVATE_KEY: key })).toThrow(ConfigError);
    expect(() => readConfig({ NETSUITE_PRIVATE_KEY: key })).toThrow(
      'NETSUITE_PRIVATE_KEY: must be a private key in PEM, EC P-256 or RSA',
    );
  });
});
