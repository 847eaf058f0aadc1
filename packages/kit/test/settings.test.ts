import { z } from 'zod';
import { parseConfig } from '../src/config.ts';
import { count, currency, host, httpUrl, logLevel, port, secret } from '../src/settings.ts';

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
