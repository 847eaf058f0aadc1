import { join } from 'node:path';
import { paths } from '@customer360/dev/paths';
import { freeBase } from '../ports.ts';
import { startProcess } from '../processes.ts';
import type { Vendors } from './vendors.ts';
import { watchVendors } from './vendors.ts';

/** The vendors of one run, in a process of their own that counts as nobody's. */
export interface VendorSandboxes {
  vendors: Vendors;
  /** The variables that point a program at them. */
  variables: Record<'NETSUITE_BASE_URL' | 'SALESFORCE_LOGIN_URL' | 'MARKETO_BASE_URL', string>;
}

const offsets = [101, 102, 103];

export async function startSandboxes(started: AsyncDisposableStack): Promise<VendorSandboxes> {
  const base = await freeBase(offsets);
  // More than a vendor's subscription allows: this measures the product, not its contract.
  const limits = ['perWindow=1000000', 'perDay=10000000', 'concurrent=1000'];
  const launch = {
    command: process.execPath,
    args: [
      '--disable-warning=ExperimentalWarning',
      join(paths.root, 'packages/sandbox/src/main.ts'),
      ...['--port-base', String(base)],
      ...limits.flatMap((limit) => ['--set', `marketo.limits.${limit}`]),
    ],
    probe: null,
  };
  const urls = offsets.map((offset) => `http://127.0.0.1:${base + offset}`);
  const [netsuite = '', salesforce = '', marketo = ''] = urls;
  // They start one after the other, and Marketo last.
  started.use(await startProcess(launch, `${marketo}/_control/faults`));
  return {
    vendors: watchVendors(urls),
    variables: { NETSUITE_BASE_URL: netsuite, SALESFORCE_LOGIN_URL: salesforce, MARKETO_BASE_URL: marketo },
  };
}
