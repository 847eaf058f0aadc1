import { writeAccount } from './crm.ts';
import type { Flow } from './erp.ts';
import { writeErpCustomer } from './erp.ts';
import { writePeople } from './people.ts';
import type { Streams } from './random.ts';
import type { Scene } from './scene.ts';

type Options = Omit<Scene, 'next' | 'random'> & { streams: Streams };

/** Writes every customer into all three systems and returns what moved in the ledger. */
export function writeCustomers({ streams, ...options }: Options, onProgress?: (share: number) => void): Flow[] {
  const sequences = new Map<string, number>();
  const next = (sequence: string) => {
    const number = (sequences.get(sequence) ?? 0) + 1;
    sequences.set(sequence, number);
    return number;
  };
  // Each system draws from its own stream, so that a change to one leaves the others as they are.
  const scene = (purpose: string, number: number): Scene => ({ ...options, next, random: streams(purpose, number) });
  const { size, company } = options;
  const flows: Flow[] = [];

  for (let number = 1; number <= size; number += 1) {
    const account = writeAccount(scene('crm', number));
    const erp = scene('erp', number);
    // Mess on purpose: 12 % of accounts were never billed, 3 % are claimed by two ERP customers.
    if (erp.random.chance(0.88)) flows.push(...writeErpCustomer(erp, account, account.id));
    if (erp.random.chance(0.03)) flows.push(...writeErpCustomer(erp, account, account.id));
    writePeople(scene('people', number), account);
    if (number % 1000 === 0) onProgress?.(number / size);
  }
  // And some ERP customers belong to no account.
  for (let number = 1; number <= size / 50; number += 1) {
    const walkIn = { name: `Walk-in customer ${number}`, scale: 1, since: company.firstDay };
    flows.push(...writeErpCustomer(scene('walk-in', number), walkIn, null));
  }
  return flows;
}
