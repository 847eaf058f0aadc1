import { z } from 'zod';
import { parseConfig } from '../src/config.ts';
import {
  cacheSettings,
  count,
  currency,
  host,
  httpUrl,
  logLevel,
  policyVariables,
  port,
  readCacheSettings,
  readPolicy,
  secret,
} from '../src/settings.ts';

const settings = z.object({
  HOST: host,
  PORT: port(4000),
  LOG_LEVEL: logLevel,
  BASE_URL: httpUrl('http://127.0.0.1:4100'),
  SECRET: secret('sandbox'),
  SLOTS: count(8, 1, 10),
  CURRENCY: currency,
});

test('every setting has a default', () => {
  expect(parseConfig(settings, {})).toEqual({
    HOST: '127.0.0.1',
    PORT: 4000,
    LOG_LEVEL: 'warn',
    BASE_URL: 'http://127.0.0.1:4100',
    SECRET: 'sandbox',
    SLOTS: 8,
    CURRENCY: 'USD',
  });
});

test('an address loses the slashes at its end, and a number is read from text', () => {
  expect(parseConfig(settings, { BASE_URL: 'https://vendor.example//', SLOTS: '10', PORT: '0' })).toMatchObject({
    BASE_URL: 'https://vendor.example',
    SLOTS: 10,
    PORT: 0,
  });
});

test.each([
  ['PORT', '70000'],
  ['LOG_LEVEL', 'loud'],
  ['BASE_URL', 'ftp://vendor.example'],
  ['SLOTS', '11'],
  ['SLOTS', '1.5'],
  ['CURRENCY', 'usd'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => parseConfig(settings, { [name]: value })).toThrow(new RegExp(`${name}: `));
});

describe('the cache', () => {
  const read = (env: Record<string, string>) => readCacheSettings(parseConfig(z.object(cacheSettings), env));

  test('is in memory by default', () => {
    expect(read({})).toEqual({ redis: null, maxBytes: 64 * 1024 * 1024 });
  });

  test('is in one Redis, or in a cluster of several', () => {
    expect(read({ REDIS_URL: 'redis://one:6379', CACHE_MAX_BYTES: '2000000' })).toEqual({
      redis: { urls: ['redis://one:6379'] },
      maxBytes: 2_000_000,
    });
    expect(read({ REDIS_URL: 'rediss://:secret@one, rediss://two:7000' }).redis).toEqual({
      urls: ['rediss://:secret@one', 'rediss://two:7000'],
    });
  });

  test.each(['http://one', 'redis://one,', 'one:6379', 'redis://one,http://secret@two'])('is not at %s', (value) => {
    const parse = () => read({ REDIS_URL: value });
    expect(parse).toThrow(/REDIS_URL.*must be redis\(s\) addresses/);
    expect(parse).not.toThrow(/secret@/);
  });
});

test("a vendor's policy has the design's names and defaults, each with the vendor's name in front", () => {
  const variables = z.object(policyVariables('SALESFORCE', 50));
  const read = (env: Record<string, string>) => readPolicy('SALESFORCE', parseConfig(variables, env));

  expect(read({})).toEqual({
    timeoutMs: 5000,
    errorThresholdPercentage: 50,
    resetTimeoutMs: 30_000,
    volumeThreshold: 10,
    queue: 50,
  });
  expect(
    read({
      SALESFORCE_TIMEOUT_MS: '700',
      SALESFORCE_ERROR_THRESHOLD_PERCENTAGE: '80',
      SALESFORCE_RESET_TIMEOUT_MS: '900',
      SALESFORCE_VOLUME_THRESHOLD: '5',
      SALESFORCE_QUEUE: '3',
    }),
  ).toEqual({
    timeoutMs: 700,
    errorThresholdPercentage: 80,
    resetTimeoutMs: 900,
    volumeThreshold: 5,
    queue: 3,
  });
  expect(() => read({ SALESFORCE_ERROR_THRESHOLD_PERCENTAGE: '0' })).toThrow(/SALESFORCE_ERROR_THRESHOLD_PERCENTAGE/);
});
