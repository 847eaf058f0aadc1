import { z } from 'zod';
import { ConfigError, parseConfig } from '../src/config.ts';

const schema = z.object({ PORT: z.coerce.number().int(), SECRET: z.string(), NAME: z.string().default('n') });

test('every problem is reported at once, and no value is', () => {
  const parse = () => parseConfig(schema, { PORT: 'hunter2', SECRET: '' });
  expect(parse).toThrow(ConfigError);
  expect(parse).toThrow(/PORT.*SECRET/);
  expect(parse).not.toThrow(/hunter2/);
});

test('an empty variable counts as not set', () => {
  expect(parseConfig(schema, { PORT: '1', SECRET: 's', NAME: '' })).toEqual({ PORT: 1, SECRET: 's', NAME: 'n' });
});
