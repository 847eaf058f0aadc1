import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = `
  import { trace } from '@opentelemetry/api';
  import { createLogger } from './src/logger.ts';
  import { runAs } from './src/spans.ts';
  const span = trace.wrapSpanContext({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 });
  const logger = createLogger('things');
  logger.warn('outside');
  runAs({ span }, () => setTimeout(() => logger.child({ part: 1 }).warn({ err: new Error('gone') }, 'inside')));
`;

test('a line of a traced request names its trace, any other does not', () => {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd, encoding: 'utf8' });
  const [outside, inside] = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

  expect(outside).toMatchObject({ name: 'things', msg: 'outside' });
  expect(outside).not.toHaveProperty('traceId');
  expect(inside).toMatchObject({
    msg: 'inside',
    part: 1,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    err: { message: 'gone' },
  });
});
