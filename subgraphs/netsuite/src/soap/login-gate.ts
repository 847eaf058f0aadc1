import { UpstreamError } from '@customer360/kit/errors';

export interface LoginGate {
  /** Runs a call that logs in by itself. @throws {UpstreamError} `credentials` at once while a refusal is fresh */
  run<Result>(call: () => Promise<Result>): Promise<Result>;
}

const refusalPauseMs = 30_000;

/**
 * NetSuite locks a token after five failed logins, and every SOAP call is a login. Until one succeeds they go one at a
 * time, and after a refusal none goes for half a minute. Once a login has succeeded a single refusal is not final,
 * because overload can look like one: the call is repeated once.
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

  return {
    async run(call) {
      while (!proven && proving !== null) await proving;
      if (clock() < refusedUntil) {
        throw new UpstreamError('NETSUITE', 'credentials', 'the login was refused, pausing');
      }
      if (!proven) return prove(call);
      try {
        return await call();
      } catch (error) {
        return isRefusal(error) ? attempt(call) : Promise.reject(error);
      }
    },
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof UpstreamError && error.fault === 'credentials';
}
