import { UpstreamError } from '@customer360/kit/errors';

export interface LoginGate {
  /** Runs a call that logs in by itself. @throws {UpstreamError} `credentials` at once while a refusal is fresh */
  run<Result>(call: () => Promise<Result>): Promise<Result>;
}

const refusalPauseMs = 30_000;

/**
 * NetSuite locks a token after five failed logins, and every SOAP call is a login. Until one succeeds they go one at a
 * time, and after a refusal none goes for half a minute. Once a login has succeeded a single refusal is not final,
 * because overload can look like one: the call is repeated once, and logins have to be proven again.
 */
export function createLoginGate(clock: () => number = () => performance.now()): LoginGate {
  let proven = false;
  let proving: Promise<unknown> | null = null;
  let refusedUntil = Number.NEGATIVE_INFINITY;

  const attempt = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    try {
      const result = await call();
      proven = true;
      return result;
    } catch (error) {
      if (isRefusal(error)) {
        proven = false;
        refusedUntil = clock() + refusalPauseMs;
      }
      throw error;
    }
  };

  const prove = <Result>(call: () => Promise<Result>): Promise<Result> => {
    const attempted = attempt(call);
    proving = attempted
      .catch(() => undefined)
      .finally(() => {
        proving = null;
      });
    return attempted;
  };

  const enter = async <Result>(call: () => Promise<Result>, whenProven: () => Promise<Result>): Promise<Result> => {
    while (!proven && proving !== null) await proving;
    if (clock() < refusedUntil) throw new UpstreamError('NETSUITE', 'credentials', 'the login was refused, pausing');
    return proven ? whenProven() : prove(call);
  };

  const repeatOnce = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    try {
      return await call();
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    // In doubt for everybody from now on: of all that were refused together, one is repeated alone.
    proven = false;
    return enter(call, () => attempt(call));
  };

  return { run: (call) => enter(call, () => repeatOnce(call)) };
}

function isRefusal(error: unknown): boolean {
  return error instanceof UpstreamError && error.fault === 'credentials';
}
