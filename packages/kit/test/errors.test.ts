import { formatError } from '../src/errors.ts';

const formatted = (source: unknown) =>
  formatError({ message: 'NetSuite is down.', extensions: { code: 'UPSTREAM_UNAVAILABLE', source } }, undefined);

test('the name of a system passes', () => {
  expect(formatted('NETSUITE').extensions).toEqual({ code: 'UPSTREAM_UNAVAILABLE', source: 'NETSUITE' });
});

test.each(['https://internal/secret', 'netsuite', '', 'A B', 'NETSUITE\n', { NETSUITE: 1 }, ['NETSUITE'], 7, null])(
  '%j does not pass as the name of a system',
  (source) => {
    expect(formatted(source).extensions).toEqual({ code: 'UPSTREAM_UNAVAILABLE' });
  },
);
