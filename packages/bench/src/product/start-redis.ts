import { startRedis as start } from '@customer360/testing/redis-server';

/** A Redis of one contender's own, which counts as one of its processes. */
export async function startRedis(started: AsyncDisposableStack): Promise<{ url: string; pid: number }> {
  const redis = started.use(await start());
  // A bench that is cut short leaves nothing running.
  const forget = () => void redis.process.kill('SIGKILL');
  process.once('exit', forget);
  started.defer(() => void process.off('exit', forget));
  return { url: redis.url, pid: redis.process.pid as number };
}
