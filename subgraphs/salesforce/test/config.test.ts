import { readConfig } from '../src/config.ts';

test('without any variable it fits the sandbox on loopback', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 4002,
    salesforce: { loginUrl: 'http://127.0.0.1:4102' },
  });
});

test('every wrong setting is named at once, without its value', () => {
  expect(() => readConfig({ PORT: 'x', SALESFORCE_LOGIN_URL: 'ftp://secret', SALESFORCE_API_VERSION: '57' })).toThrow(
    /PORT.*SALESFORCE_LOGIN_URL.*SALESFORCE_API_VERSION: must look like 57\.0/,
  );
  expect(() => readConfig({ SALESFORCE_LOGIN_URL: 'ftp://secret' })).not.toThrow(/secret/);
});
