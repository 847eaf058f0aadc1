import type { VendorUse } from '../figures.ts';

/** The sandboxes of one run, watched through their control API. */
export interface Vendors {
  /** Lets every answer take so long. */
  slowDown(latencyMs: number): Promise<void>;
  /** Data calls since a moment: logins are left out. */
  since(moment: Date): Promise<VendorUse>;
  /** Waits until nobody has called for a while, as when what is read ahead has been read. */
  settle(): Promise<void>;
}

const quietMs = 1500;
const forgetAbove = 20_000;

interface Call {
  at: string;
  path: string;
  status: number;
}

export function watchVendors(urls: readonly string[]): Vendors {
  async function control(url: string, path: string, init?: RequestInit): Promise<unknown> {
    const response = await fetch(`${url}/_control/${path}`, init);
    if (!response.ok) throw new Error(`The sandbox at ${url} answers ${response.status} to ${path}`);
    return response.json();
  }

  async function callsSince(moment: Date): Promise<Call[]> {
    const lists = await Promise.all(
      urls.map(async (url) => {
        const { calls } = (await control(url, 'calls')) as { calls: Call[] };
        // A sandbox lists no more than 100,000.
        if (calls.length > forgetAbove) await control(url, 'calls', { method: 'DELETE' });
        return calls;
      }),
    );
    return lists.flat().filter(({ at, path }) => new Date(at) >= moment && !path.includes('/oauth'));
  }

  return {
    async slowDown(latencyMs) {
      const body = JSON.stringify({ latencyMs });
      await Promise.all(urls.map((url) => control(url, 'faults', { method: 'PUT', body })));
    },
    async since(moment) {
      const calls = await callsSince(moment);
      return { calls: calls.length, refused: calls.filter(({ status }) => status >= 400).length };
    },
    async settle() {
      for (;;) {
        const moment = new Date();
        await new Promise((resolve) => setTimeout(resolve, quietMs));
        if ((await callsSince(moment)).length === 0) return;
      }
    },
  };
}
